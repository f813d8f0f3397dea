import type { DomainEvent } from '../../domain/events.ts'
import type { Stamped } from '../../domain/commands.ts'
import { nextClock } from '../../domain/clock.ts'
import { readEntry } from '../fold-entries.ts'
import type { Connection } from './connection.ts'
import { createEntryTable, type Signatures } from './entry-log.ts'
import { createJournal } from './journal.ts'
import { createLocalSettings, type IdentityKey } from './local-settings.ts'
import { createRecordWriter } from './record-table.ts'

export type Identity = { readonly [K in IdentityKey]: string }

/** Whether this file belongs to a device of a store already. */
export const hasIdentity = (connection: Connection): boolean =>
  createLocalSettings(connection).get('store_id') !== null

/**
 * Makes a device of this file: its identity, and where it founds the store the first entry of the
 * log, in one transaction. Whatever fails leaves an empty file.
 */
export function createIdentity(
  connection: Connection,
  identity: Identity,
  founding: { readonly stamped: Stamped<readonly DomainEvent[]>; readonly nowMs: number } | null,
  signatures?: Signatures,
): void {
  const local = createLocalSettings(connection)
  connection.raw
    .transaction(() => {
      for (const [key, value] of Object.entries(identity)) local.set(key as IdentityKey, value)
      if (founding === null) return
      const { stamped, nowMs } = founding
      const { entry } = createEntryTable(connection, signatures).append(identity.origin, {
        clock: nextClock(0, nowMs),
        commandId: stamped.id,
        at: stamped.at,
        actor: stamped.actor,
        body: JSON.stringify(stamped.command),
      })
      const read = readEntry(entry)
      createRecordWriter(connection)(read.recordEvents)
      createJournal(connection).apply(read.journalEvents)
    })
    .immediate()
}
