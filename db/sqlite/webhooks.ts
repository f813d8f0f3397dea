import type { Connection } from './connection.ts'

/** Whom this device tells of what happens, and how far each has been told. */
export interface WebhookTable {
  readonly all: () => Webhook[]
  readonly find: (id: string) => Webhook | null
  readonly add: (webhook: NewWebhook) => void
  readonly remove: (id: string) => boolean
  /** What was taken: nothing fails any more. */
  readonly delivered: (id: string, position: string, at: string) => void
  /** Nothing that concerned it lay in between. */
  readonly passed: (id: string, position: string) => void
  readonly failed: (id: string, failure: Failure) => void
  /** From a position on, or where it stopped. */
  readonly resume: (id: string, position: string | null) => void
}

export interface NewWebhook {
  readonly id: string
  readonly url: string
  /** JSON; null: every type. */
  readonly types: string | null
  /** Sealed. */
  readonly secret: string
  readonly showsGuests: number
  readonly createdAt: string
  readonly createdBy: string
  readonly commandId: string
  readonly position: string
}

export interface Webhook extends NewWebhook {
  readonly disabledBecause: string | null
  readonly failures: number
  readonly failingSinceMs: number | null
  readonly nextTryMs: number
  readonly lastFailure: string | null
  readonly lastDeliveredAt: string | null
}

interface Failure {
  readonly words: string
  readonly atMs: number
  readonly nextTryMs: number
  /** Null: it is tried again. */
  readonly disabledBecause: string | null
}

const COLUMNS = `id, url, types, secret, shows_guests AS showsGuests, created_at AS createdAt,
  created_by AS createdBy, command_id AS commandId, position, disabled_because AS disabledBecause,
  failures, failing_since_ms AS failingSinceMs, next_try_ms AS nextTryMs,
  last_failure AS lastFailure, last_delivered_at AS lastDeliveredAt`

export function createWebhookTable({ raw }: Connection): WebhookTable {
  const selectAll = raw.prepare<[], Webhook>(
    `SELECT ${COLUMNS} FROM webhooks ORDER BY created_at, id`,
  )
  const select = raw.prepare<[string], Webhook>(`SELECT ${COLUMNS} FROM webhooks WHERE id = ?`)
  const insert = raw.prepare(
    `INSERT INTO webhooks
     (id, url, types, secret, shows_guests, created_at, created_by, command_id, position)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const deleteOne = raw.prepare('DELETE FROM webhooks WHERE id = ?')
  const setDelivered = raw.prepare(
    `UPDATE webhooks SET position = ?, last_delivered_at = ?, failures = 0, failing_since_ms = NULL,
     next_try_ms = 0 WHERE id = ?`,
  )
  const setPosition = raw.prepare('UPDATE webhooks SET position = ? WHERE id = ?')
  const setFailed = raw.prepare(
    `UPDATE webhooks SET failures = failures + 1, failing_since_ms = coalesce(failing_since_ms, ?),
     last_failure = ?, next_try_ms = ?, disabled_because = ? WHERE id = ?`,
  )
  const setResumed = raw.prepare(
    `UPDATE webhooks SET failures = 0, failing_since_ms = NULL, next_try_ms = 0,
     disabled_because = NULL, position = coalesce(?, position) WHERE id = ?`,
  )
  return {
    all: () => selectAll.all(),
    find: (id) => select.get(id) ?? null,
    add: (hook) =>
      void insert.run(
        hook.id,
        hook.url,
        hook.types,
        hook.secret,
        hook.showsGuests,
        hook.createdAt,
        hook.createdBy,
        hook.commandId,
        hook.position,
      ),
    remove: (id) => deleteOne.run(id).changes > 0,
    delivered: (id, position, at) => void setDelivered.run(position, at, id),
    passed: (id, position) => void setPosition.run(position, id),
    failed: (id, { words, atMs, nextTryMs, disabledBecause }) =>
      void setFailed.run(atMs, words, nextTryMs, disabledBecause, id),
    resume: (id, position) => void setResumed.run(position, id),
  }
}
