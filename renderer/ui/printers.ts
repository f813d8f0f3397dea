import type { Catalog } from '../../domain/catalog.ts'
import type { PrinterState, PrinterTrouble } from '../../protocol/paper.ts'
import { countOf, formatAge } from './format.ts'
import type { Health } from './neighbours.ts'

/** What a screen says about printers. Pure: the clock comes in as an argument. */

export const TROUBLE_NAMES: Record<PrinterTrouble, string> = {
  paper_out: 'out of paper',
  cover_open: 'cover open',
  offline: 'says it is not ready',
  unreachable: 'not reached',
  bad_address: 'has no valid address',
  broke_off: 'broke off while printing',
}

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
        ...named('Receipts of', printer.receiptsOf, catalog.device),
        ...named('Tickets of', printer.slipsOf, catalog.station),
        ...named('Fallback for', printer.fallbackFor, catalog.station),
        ...(printer.drawer ? ['Cash drawer'] : []),
      ]
      return {
        id,
        name: printer.name,
        uses: uses.length === 0 ? 'Prints nothing by itself' : uses.join(' · '),
        ...describePrinter(state, nowMs),
        note: state === undefined ? null : noteOf(state),
      }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function named(
  what: string,
  ids: readonly string[],
  records: ReadonlyMap<string, { readonly name: string }>,
): string[] {
  const names = ids.map((id) => records.get(id)?.name ?? id)
  return names.length === 0 ? [] : [`${what} ${names.join(', ')}`]
}

function describePrinter(
  state: PrinterState | undefined,
  nowMs: number,
): { readonly health: Health; readonly text: string } {
  if (state === undefined) return { health: 'off', text: 'Not used by this till' }
  if (state.trouble !== null) return { health: 'bad', text: capital(troubleText(state)) }
  if (state.waiting > 0) return { health: 'stale', text: `Printing, ${state.waiting} waiting` }
  if (state.lastAnsweredMs === null) return { health: 'stale', text: 'Not asked yet' }
  const printed =
    state.lastPrintedMs === null
      ? 'nothing printed yet'
      : `printed ${formatAge(nowMs - state.lastPrintedMs)} ago`
  return { health: 'good', text: `Ready, ${printed}` }
}

function troubleText({ trouble, waiting }: PrinterState): string {
  const what = trouble === null ? '' : TROUBLE_NAMES[trouble]
  return waiting === 0 ? what : `${what}, ${waiting} waiting`
}

function noteOf({ dropped, unprintable }: PrinterState): string | null {
  const notes = [
    ...(dropped === 0 ? [] : [`${countOf(dropped, 'job was', 'jobs were')} given up`]),
    ...(unprintable.length === 0 ? [] : [`Cannot print ${unprintable.join(' ')}`]),
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
