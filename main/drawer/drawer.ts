import type { Store } from '../../db/sqlite/store.ts'
import { STORE_RECORD_ID } from '../../domain/catalog.ts'
import type { Stamped } from '../../domain/commands.ts'
import {
  expectedCash,
  readSession,
  type CashTaken,
  type DrawerSession,
} from '../../domain/drawer.ts'
import { derivedId } from '../../domain/ids.ts'
import type { CashMove, JournalEvent } from '../../domain/journal.ts'
import { assert, ok, refuse, type Result } from '../../domain/result.ts'
import { createCashTaken } from './cash-taken.ts'

/** The cash drawer of this device: opened with a float, closed by counting, with a line for each move. */
export interface Drawer {
  /** Null: it is closed. */
  readonly session: () => DrawerSession | null
  /** What sales brought, and what should be in it now. For managers: who counts must not know. */
  readonly expected: (session: DrawerSession) => CashTaken & { readonly expectedMinor: number }
  readonly open: (stamp: Stamp, floatMinor: number) => DrawerResult
  readonly move: (stamp: Stamp, move: CashMove, amountMinor: number, reason: string) => DrawerResult
  readonly noSale: (stamp: Stamp, reason: string) => DrawerResult
  readonly close: (stamp: Stamp, countedMinor: number, note: string | null) => DrawerResult
  /** Of the whole store: sessions that were opened in a stretch of time, oldest first. */
  readonly sessions: (from: string, to: string) => readonly DrawerSession[]
}

type Stamp = Omit<Stamped<never>, 'command'>

/** A manager's word beside the line that it is for. */
function approvalOf({ id, approval }: Stamp, about: string): JournalEvent[] {
  if (approval === undefined) return []
  const value = { command: 'openDrawer' as const, approvedBy: approval.by, approvedAt: approval.at }
  return [{ type: 'journal.written', kind: 'approved', id: derivedId(id, 1), about, value }]
}

type DrawerResult = Result<DrawerSession, DrawerRefusal>

export type DrawerRefusal =
  | { readonly code: 'drawer_open'; readonly openedAt: string }
  | { readonly code: 'drawer_not_open' }

/** Openings that are looked through for this device's own: more drawers than any restaurant has. */
const NEWEST_OPENINGS = 200

export function createDrawer(store: Store): Drawer {
  const { journal, deviceId } = store
  const cashTaken = createCashTaken(store)

  const sessionOf = (id: string): DrawerSession => {
    const session = readSession(journal.about(id))
    assert(session, 'a session is found by its opening')
    return session
  }

  function session(): DrawerSession | null {
    const opened = journal
      .newest('drawer_opened', NEWEST_OPENINGS)
      .find((line) => line.kind === 'drawer_opened' && line.value.deviceId === deviceId)
    const newest = opened && sessionOf(opened.id)
    return newest && newest.closed === null ? newest : null
  }

  const expected = (open: DrawerSession) => {
    const taken = cashTaken(journal.line(open.id)?.commandId ?? '')
    return { ...taken, expectedMinor: expectedCash(open, taken) }
  }

  /** One line about the open session. A command that comes again answers with what it did. */
  function write(
    stamp: Stamp,
    line: (open: DrawerSession) => Pick<JournalEvent, 'kind' | 'value'>,
    approved: readonly JournalEvent[] = [],
  ): DrawerResult {
    const id = derivedId(stamp.id, 0)
    let about = ''
    const written = store.writeJournal<DrawerRefusal>(stamp, () => {
      const open = session()
      if (open === null) return refuse({ code: 'drawer_not_open' })
      about = open.id
      const written = { type: 'journal.written', id, about, ...line(open) } as JournalEvent
      return ok([written, ...approved])
    })
    if (!written.ok) return written
    return ok(sessionOf(written.value.taken ? (journal.line(id)?.about ?? '') : about))
  }

  return {
    session,
    expected,
    open: (stamp, floatMinor) => {
      const id = derivedId(stamp.id, 0)
      const currency = store.catalog().store.get(STORE_RECORD_ID)?.currency ?? 'USD'
      const value = { deviceId, currency, floatMinor }
      const written = store.writeJournal<DrawerRefusal>(stamp, () => {
        const open = session()
        if (open) return refuse({ code: 'drawer_open', openedAt: open.openedAt })
        return ok([{ type: 'journal.written', kind: 'drawer_opened', id, about: id, value }])
      })
      return written.ok ? ok(sessionOf(id)) : written
    },
    move: (stamp, move, amountMinor, reason) =>
      write(stamp, () => ({ kind: 'drawer_moved', value: { move, amountMinor, reason } })),
    noSale: (stamp, reason) =>
      write(
        stamp,
        () => ({ kind: 'drawer_popped', value: { reason } }),
        approvalOf(stamp, deviceId),
      ),
    close: (stamp, countedMinor, note) =>
      write(stamp, (open) => {
        const { salesMinor, refundsMinor, expectedMinor } = expected(open)
        const sums = { cashSalesMinor: salesMinor, cashRefundsMinor: refundsMinor }
        return { kind: 'drawer_closed', value: { countedMinor, expectedMinor, ...sums, note } }
      }),
    sessions: (from, to) =>
      [...Map.groupBy(journal.begun('drawer_opened', from, to), ({ about }) => about).values()]
        .flatMap((lines) => readSession(lines) ?? [])
        .toSorted((a, b) => (a.openedAt < b.openedAt ? -1 : 1)),
  }
}
