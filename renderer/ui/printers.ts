import type { Catalog } from '../../domain/catalog.ts'
import type { PrinterState, PrinterTrouble } from '../../protocol/paper.ts'
import { say } from '../words/say.ts'
import { spoken } from '../words/spoken.ts'
import { formatAge } from './format.ts'
import type { Health } from './neighbours.ts'

/** What a screen says about printers. Pure: the clock comes in as an argument. */

export const TROUBLE_NAMES: Readonly<Record<PrinterTrouble, string>> = spoken({
  paper_out: 'printers.paper_out',
  cover_open: 'printers.cover_open',
  offline: 'printers.offline',
  unreachable: 'printers.unreachable',
  bad_address: 'printers.bad_address',
  broke_off: 'printers.broke_off',
})

export interface PrinterRow {
  readonly id: string
  readonly name: string
  readonly uses: string
  readonly health: Health
  readonly text: string
  /** What else somebody should know; null: nothing. */
  readonly note: string | null
}

/** Every printer of the store, with how it stands as far as this till prints there. */
export function listPrinters(
  catalog: Catalog,
  states: readonly PrinterState[],
  nowMs: number,
): PrinterRow[] {
  return [...catalog.printer]
    .map(([id, printer]) => {
      const state = states.find(({ printerId }) => printerId === id)
      const uses = [
        ...named('receiptsOf', printer.receiptsOf, catalog.device),
        ...named('ticketsOf', printer.slipsOf, catalog.station),
        ...named('fallbackFor', printer.fallbackFor, catalog.station),
        ...(printer.drawer ? [say('printers.drawer')] : []),
      ]
      return {
        id,
        name: printer.name,
        uses: uses.length === 0 ? say('printers.nothingItself') : uses.join(' · '),
        ...describePrinter(state, nowMs),
        note: state === undefined ? null : noteOf(state),
      }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function named(
  what: 'receiptsOf' | 'ticketsOf' | 'fallbackFor',
  ids: readonly string[],
  records: ReadonlyMap<string, { readonly name: string }>,
): string[] {
  if (ids.length === 0) return []
  const names = ids.map((id) => records.get(id)?.name ?? id).join(', ')
  return [say(`printers.${what}`, { names })]
}

function describePrinter(
  state: PrinterState | undefined,
  nowMs: number,
): { readonly health: Health; readonly text: string } {
  if (state === undefined) return { health: 'off', text: say('printers.notUsed') }
  if (state.trouble !== null) return { health: 'bad', text: capital(troubleText(state)) }
  if (state.waiting > 0)
    return { health: 'stale', text: say('printers.printing', { n: state.waiting }) }
  if (state.lastAnsweredMs === null) return { health: 'stale', text: say('printers.notAsked') }
  const text =
    state.lastPrintedMs === null
      ? say('printers.readyNothing')
      : say('printers.readyPrinted', { age: formatAge(nowMs - state.lastPrintedMs) })
  return { health: 'good', text }
}

function troubleText({ trouble, waiting }: PrinterState): string {
  const what = trouble === null ? '' : TROUBLE_NAMES[trouble]
  return waiting === 0 ? what : say('printers.andWaiting', { trouble: what, n: waiting })
}

function noteOf({ dropped, unprintable }: PrinterState): string | null {
  const notes = [
    ...(dropped === 0 ? [] : [say('printers.givenUp', { count: dropped })]),
    ...(unprintable.length === 0
      ? []
      : [say('printers.cannotPrint', { signs: unprintable.join(' ') })]),
  ]
  return notes.length === 0 ? null : notes.join(' · ')
}

/** For the strip: printers that a person has to look at. */
export const printerTroubles = (catalog: Catalog, states: readonly PrinterState[]): string[] =>
  states
    .filter(({ trouble }) => trouble !== null)
    .map((state) => {
      const name = catalog.printer.get(state.printerId)?.name ?? state.printerId
      return `${name}: ${troubleText(state)}`
    })

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
