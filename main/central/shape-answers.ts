import type { LogPart, LogPosition, LogRow } from '../../db/postgres/log-reader.ts'
import { SHAPE_COLUMNS, SHAPE_TABLE, type ShapeValue } from '../../protocol/shape.ts'

/** Electric's messages and headers, made of a part of a store's log. */

export type ShapeMessage =
  | { readonly key: string; readonly value: ShapeValue; readonly headers: object }
  | { readonly headers: object }

const insert = { operation: 'insert', relation: ['public', SHAPE_TABLE] }

export const MUST_REFETCH: ShapeMessage = { headers: { control: 'must-refetch' } }

export const upToDate = ({ pos }: LogPosition): ShapeMessage => ({
  headers: { control: 'up-to-date', global_last_seen_lsn: String(pos) },
})

export const messagesOf = (storeId: string, part: LogPart): ShapeMessage[] => {
  const rows = part.rows.map((row) => messageOf(storeId, row))
  return part.isEnd ? [...rows, upToDate(part.position)] : rows
}

const messageOf = (storeId: string, row: LogRow): ShapeMessage => ({
  key: `"public"."${SHAPE_TABLE}"/${[storeId, row.origin, row.seq].map(quoted).join('/')}`,
  value: {
    store_id: storeId,
    origin: row.origin,
    seq: String(row.seq),
    clock: String(row.clock),
    command_id: row.command_id,
    at: row.at,
    actor: row.actor,
    body: row.body,
    hash: `\\x${row.hash.toString('hex')}`,
  },
  headers: insert,
})

const quoted = (part: string | number): string => `"${String(part).replaceAll('"', '""')}"`

/** What the client needs to read an answer, and to ask for the next one. */
export function shapeHeaders(
  { handle, position, isEnd }: Pick<LogPart, 'handle' | 'position' | 'isEnd'>,
  { live }: { readonly live: boolean },
): Record<string, string> {
  return {
    'electric-handle': handle,
    'electric-offset': offsetOf(position),
    ...(isEnd && { 'electric-up-to-date': '' }),
    ...(live ? { 'electric-cursor': String(position.pos) } : { 'electric-schema': SCHEMA }),
    'cache-control': 'no-store',
  }
}

const SCHEMA = JSON.stringify(
  Object.fromEntries(
    Object.entries(SHAPE_COLUMNS).map(([column, type]) => [column, { type, not_null: true }]),
  ),
)

/** Electric's offsets are two numbers; ours are the position and what stands there. */
export const offsetOf = ({ pos, check }: LogPosition): string => `${pos}_${check}`

/** Null: no offset of ours. */
export function parseOffset(offset: string): LogPosition | null {
  const match = /^(\d{1,15})_(\d{1,10})$/.exec(offset)
  return match === null ? null : { pos: Number(match[1]), check: Number(match[2]) }
}
