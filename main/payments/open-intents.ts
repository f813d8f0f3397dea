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

/** What terminals of this store took upon themselves since then, as far as is known here. */
export function offlineMinorSince(connection: Connection, since: string): number {
  const row = prepare(
    connection,
    connection.sql
      .selectFrom('order_payments')
      .select(({ fn }) => [
        fn.sum<number | null>('amount_minor').as('amount'),
        fn.sum<number | null>('tip_minor').as('tip'),
      ])
      .where('offline', '=', 1)
      .where('at', '>=', since),
  ).get(1, since)
  return (row?.amount ?? 0) + (row?.tip ?? 0)
}
