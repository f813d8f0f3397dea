import type { Printer } from '../../domain/catalog.ts'
import type { Paper, PaperLine } from '../../protocol/paper.ts'
import type { DayReport } from '../api/report-day.ts'
import { reportLines } from '../report-format.ts'
import { decimal, timeOf } from './figures.ts'
import { createLayout } from './layout.ts'

/** The day's Z report on a strip of paper: the same lines as on the command line. */
export function dayReportPaper(
  report: DayReport,
  { storeName, columns }: { readonly storeName: string; readonly columns: number },
): Paper {
  const layout = createLayout(columns)
  const lines: PaperLine[] = [
    ...layout.centered(storeName, { size: 'tall', isBold: true }),
    ...layout.centered('Z report', { size: 'large', isBold: true }),
    ...layout.centered(`Business day ${report.businessDay}`),
    ...layout.centered(`Amounts in ${report.currency}`),
  ]
  for (const [section, rows] of Map.groupBy(reportLines(report), (line) => line.section)) {
    lines.push(layout.rule(), ...layout.text(section, { isBold: true }))
    for (const { name, count, amountMinor } of rows) {
      const label = count === null ? name : `${name} (${count})`
      const amount = amountMinor === null ? '' : decimal(amountMinor, report.currency)
      lines.push(...layout.pair(label, amount))
    }
  }
  return { columns, lines }
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
  const warning = layout.centered('MAYBE PRINTED BEFORE', {
    size: 'tall',
    isBold: true,
    isInverted: true,
  })
  return { ...paper, lines: [...warning, ...paper.lines] }
}
