import type { Printer } from '../../domain/catalog.ts'
import type { DrawerSession } from '../../domain/drawer.ts'
import type { PaperLanguage } from '../../domain/languages.ts'
import type { Paper, PaperLine } from '../../protocol/paper.ts'
import type { DayReport } from '../api/report-day.ts'
import { reportLines } from '../report-format.ts'
import { decimal, timeOf } from './figures.ts'
import { createLayout } from './layout.ts'
import { reportNamesIn, type ReportWords } from './words/paper-words.ts'
import { wordsIn } from './words/words-in.ts'

/** `x`: how the day stands, which closes nothing. `z`: what it came to, with the drawers counted. */
export interface DayPaper {
  readonly kind: 'x' | 'z'
  /** Sessions of all drawers that were opened in the day. */
  readonly drawers: readonly DrawerSession[]
}

export interface DayPaperPlace {
  readonly storeName: string
  readonly timeZone: string
  readonly columns: number
  readonly language: PaperLanguage
  readonly deviceName: (deviceId: string) => string
  readonly at: string
}

/** The report of a day on a strip of paper: the lines of the command line in words, and the drawers. */
export function dayReportPaper(report: DayReport, about: DayPaper & DayPaperPlace): Paper {
  const { storeName, columns, kind, timeZone, language } = about
  const words = wordsIn(language)
  const said = words.report
  const layout = createLayout(columns)
  const lines: PaperLine[] = [
    ...layout.centered(storeName, { size: 'tall', isBold: true }),
    ...layout.centered(said.titles[kind], { size: 'large', isBold: true }),
    ...layout.centered(said.businessDay(report.businessDay)),
    ...layout.centered(said.amountsIn(report.currency)),
    ...layout.centered(words.printed(timeOf(about.at, timeZone))),
  ]
  const rowsOf = Map.groupBy(reportLines(report, reportNamesIn(words)), (line) => line.section)
  for (const [section, rows] of rowsOf) {
    lines.push(layout.rule(), ...layout.text(section, { isBold: true }))
    for (const { name, count, amountMinor } of rows) {
      const label = count === null ? name : `${name} (${count})`
      const amount = amountMinor === null ? '' : decimal(amountMinor, report.currency)
      lines.push(...layout.pair(label, amount))
    }
  }
  for (const session of about.drawers) {
    lines.push(layout.rule(), ...layout.text(drawerTitle(session, about, said), { isBold: true }))
    for (const [label, minor] of drawerLines(session, said)) {
      lines.push(...layout.pair(label, decimal(minor, session.currency)))
    }
    if (session.closed === null) lines.push(...layout.text(said.notCounted))
  }
  return { columns, language, lines }
}

const drawerTitle = (
  { deviceId, openedAt }: DrawerSession,
  about: DayPaperPlace,
  said: ReportWords,
): string => said.drawerOf(about.deviceName(deviceId), timeOf(openedAt, about.timeZone))

const drawerLines = (session: DrawerSession, said: ReportWords): (readonly [string, number])[] => {
  const { closed } = session
  return [
    [said.float, session.floatMinor],
    ...(closed === null ? [] : [[said.cashSales, closed.cashSalesMinor] as const]),
    ...(closed === null ? [] : [[said.cashRefunds, -closed.cashRefundsMinor || 0] as const]),
    [said.paidIn, session.paidInMinor],
    [said.paidOut, -session.paidOutMinor || 0],
    [said.dropped, -session.droppedMinor || 0],
    ...(closed === null
      ? []
      : ([
          [said.expected, closed.expectedMinor],
          [said.counted, closed.countedMinor],
          [said.overShort, closed.overShortMinor],
        ] as const)),
  ]
}

/** Shows whether columns, code page and sizes are set as the printer is. */
export function testPaper(
  printer: Printer,
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): Paper {
  const { columns } = printer
  const layout = createLayout(columns)
  const ruler = '1234567890'.repeat(5).slice(0, columns)
  return {
    columns,
    lines: [
      ...layout.centered(printer.name, { size: 'large', isBold: true }),
      ...layout.text(`${columns} columns, code page ${printer.codepage}`),
      ...layout.text(ruler),
      ...layout.text('The line above fills the paper and does not break.'),
      ...layout.text('Letters: A a Z z 0 9 É é ß ñ ç ø € £ Ж я Ω ω ł ż'),
      ...layout.text('Bold', { isBold: true }),
      ...layout.text('Tall', { size: 'tall' }),
      ...layout.text('Large', { size: 'large' }),
      ...layout.text('White on black', { isInverted: true }),
      ...layout.text(timeOf(new Date(nowMs).toISOString(), timeZone)),
    ],
  }
}

/** In front of what may have come out before: half a ticket may lie in the kitchen already. */
export function maybePrintedBefore(paper: Paper): Paper {
  const layout = createLayout(paper.columns)
  const warning = layout.centered(wordsIn(paper.language ?? 'en').maybePrinted, {
    size: 'tall',
    isBold: true,
    isInverted: true,
  })
  return { ...paper, lines: [...warning, ...paper.lines] }
}
