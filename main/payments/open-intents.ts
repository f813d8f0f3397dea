import type { Connection } from '../../db/sqlite/connection.ts'
import { prepare } from '../../db/sqlite/statements.ts'

export interface AskedFor {
  readonly orderId: string
  readonly intentId: string
}

/** What this device has asked its terminal for, and does not know the end of; oldest first. */
export function findOpenIntents(connection: Connection, deviceId: string): readonly AskedFor[] {
  return prepare(
    connection,
    connection.sql
      .selectFrom('order_payment_intents')
      .select(['order_id', 'id'])
      .where('device_id', '=', '')
      .where('state', 'in', ['pending', 'unclear'])
      .orderBy('at'),
  )
    .all(deviceId, 'pending', 'unclear')
    .map(askedFor)
}

/** What a manager has settled since then, and the terminal may still say otherwise. */
export function findSettledIntents(
  connection: Connection,
  deviceId: string,
  since: string,
): readonly AskedFor[] {
  return prepare(
    connection,
    connection.sql
      .selectFrom('order_payment_intents as intent')
      .leftJoin('order_payments as payment', (join) =>
        join
          .onRef('payment.order_id', '=', 'intent.order_id')
          .onRef('payment.id', '=', 'intent.payment_id'),
      )
      .select(['intent.order_id', 'intent.id'])
      .where('intent.device_id', '=', '')
      .where('intent.at', '>=', '')
      .where(({ eb, or, and }) =>
        or([
          eb('intent.why', '=', 'settled'),
          and([
            eb('intent.kind', '=', 'payment'),
            eb('payment.settled_because', 'is not', null),
            eb('payment.transaction_id', 'is', null),
          ]),
        ]),
      )
      .orderBy('intent.at'),
  )
    .all(deviceId, since, 'settled', 'payment')
    .map(askedFor)
}

/** What was given up since then, before the terminal had heard of it or because somebody cancelled it. */
export function findGivenUpIntents(
  connection: Connection,
  deviceId: string,
  since: string,
): readonly AskedFor[] {
  return prepare(
    connection,
    connection.sql
      .selectFrom('order_payment_intents')
      .select(['order_id', 'id'])
      .where('device_id', '=', '')
      .where('at', '>=', '')
      .where('why', 'in', ['interrupted', 'cancelled'])
      .orderBy('at'),
  )
    .all(deviceId, since, 'interrupted', 'cancelled')
    .map(askedFor)
}

const askedFor = (row: { readonly order_id: string; readonly id: string }): AskedFor => ({
  orderId: row.order_id,
  intentId: row.id,
})

export interface TakenOffline {
  readonly ownMinor: number
  readonly othersMinor: number
}

/** What cards were taken for while the bank was away, as far as it is known here. */
export function takenOfflineSince(
  connection: Connection,
  deviceId: string,
  since: string,
): TakenOffline {
  const rows = prepare(
    connection,
    connection.sql
      .selectFrom('order_payments as payment')
      .leftJoin('order_payment_intents as intent', (join) =>
        join
          .onRef('intent.order_id', '=', 'payment.order_id')
          .onRef('intent.id', '=', 'payment.intent_id'),
      )
      .select(['intent.device_id', 'payment.amount_minor', 'payment.tip_minor'])
      .where('payment.offline', '=', 1)
      .where('payment.at', '>=', since),
  ).all(1, since)
  const own = rows.filter((row) => row.device_id === deviceId)
  const total = (some: typeof rows): number =>
    some.reduce((sum, row) => sum + row.amount_minor + row.tip_minor, 0)
  return { ownMinor: total(own), othersMinor: total(rows) - total(own) }
}
