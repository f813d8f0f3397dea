import { readCatalog } from '../../db/sqlite/record-table.ts'
import { prepare } from '../../db/sqlite/statements.ts'
import type { Connection } from '../../db/sqlite/connection.ts'
import { createStockTable } from '../../db/sqlite/stock.ts'
import { ROLES, STORE_RECORD_ID, type Catalog, type Role } from '../../domain/catalog.ts'
import { catalogFaults } from '../../domain/catalog-faults.ts'
import { ONE_MILLI } from '../../domain/inventory.ts'
import { stockList, type StockRow } from '../../domain/stock-list.ts'
import { COMMAND_ROLES } from '../../domain/roles.ts'
import { isRevoked } from '../../domain/roster.ts'
import { bad, good, type Finding } from './finding.ts'

/**
 * Why an order could not be begun, or not be seen by the kitchen: the menu, who may sell, and whether
 * what was sent is looked at. From the file alone, so also of a device that does not run.
 */
export function lookAtSelling(
  connection: Connection,
  nowMs: number,
  kitchenAlarmAfterMs: number,
): Finding[] {
  const catalog = readCatalog(connection, nowMs)
  if (!catalog.store.has(STORE_RECORD_ID)) {
    return [
      bad(
        'menu',
        'This device has not received the menu of its store yet.',
        'Connect it with another device of the store; it fills itself within seconds.',
      ),
    ]
  }
  return [
    ...lookAtMenu(catalog),
    lookAtStock(connection, catalog),
    lookAtPeople(catalog),
    lookAtTokens(connection),
    lookAtKitchen(connection, catalog, nowMs - kitchenAlarmAfterMs),
  ]
}

function lookAtMenu(catalog: Catalog): Finding[] {
  const items = [...catalog.menu_item.keys()]
  if (items.length === 0) {
    const todo = 'Import one: aura menu import --data DIR FILE, or edit it in the back office.'
    return [bad('menu', 'The menu is empty: nothing can be ordered.', todo)]
  }
  const gone = items.filter((id) => catalog.availability.get(id)?.available === false)
  const faults = catalogFaults(catalog)
  const [first] = faults
  return [
    gone.length === items.length
      ? bad(
          'availability',
          'Every item of the menu is marked as sold out.',
          'Put back what there is: "86 mode" on the till, or PUT /menu/items/{id}/availability.',
        )
      : good('availability', `${gone.length} of ${items.length} items are marked as sold out.`),
    first === undefined
      ? good('menu', 'The menu holds together.')
      : bad(
          'menu',
          `The menu does not hold together in ${faults.length} places. The first: ${first.message}.`,
          'Mend it in the back office or by aura menu import: what it is about cannot be sold.',
        ),
  ]
}

/** What is low is said, and is nothing that is wrong; what has run out, or was oversold, is. */
function lookAtStock(connection: Connection, catalog: Catalog): Finding {
  const rows = stockList(catalog, createStockTable(connection).of)
  const followed = rows.filter(({ levelMilli }) => levelMilli !== null)
  const out = followed.filter(({ levelMilli }) => (levelMilli ?? 0) <= 0)
  if (out.length > 0) {
    return bad(
      'inventory',
      `${out.length} of ${followed.length} things in stock have run out: ${named(out)}.`,
      'Count them, or write down what was delivered. What is out leaves the menu where the store says so (soldOutBy).',
    )
  }
  const low = followed.filter((row) => row.low)
  return low.length === 0
    ? good('inventory', `Of ${followed.length} things in stock none is low.`)
    : good(
        'inventory',
        `${low.length} of ${followed.length} things in stock are low: ${named(low)}.`,
      )
}

function named(rows: readonly StockRow[]): string {
  const some = rows
    .slice(0, MOST_NAMED)
    .map(({ name, unit, levelMilli }) => `${name} (${(levelMilli ?? 0) / ONE_MILLI} ${unit})`)
  return `${some.join(', ')}${rows.length > MOST_NAMED ? ' and more' : ''}`
}

const MOST_NAMED = 5

const SELLERS: readonly Role[] = COMMAND_ROLES.createOrder

function lookAtPeople(catalog: Catalog): Finding {
  const people = [...catalog.staff.values()].filter(
    ({ role, pinHash }) => pinHash !== null && SELLERS.includes(role),
  )
  return people.length > 0
    ? good('sign_in', `${people.length} of the staff can sign in and sell.`)
    : bad(
        'sign_in',
        'Nobody who may sell has a PIN.',
        'A manager or admin sets one: PUT /staff/{id} with "pin", or in the back office under "People".',
      )
}

/** Of this device's API: whoever has none is answered 401. */
function lookAtTokens(connection: Connection): Finding {
  const rows = prepare(connection, connection.sql.selectFrom('tokens').select('role')).all()
  const counts = ROLES.map(
    (role) => [role, rows.filter((row) => row.role === role).length] as const,
  )
  const named = counts.flatMap(([role, count]) => (count === 0 ? [] : `${count} ${role}`))
  return good(
    'tokens',
    named.length === 0
      ? 'No token was made for the API of this device: programs are answered 401 until one is (aura token).'
      : `Tokens for the API of this device: ${named.join(', ')}.`,
  )
}

const DAY_MS = 86_400_000
const at = (ms: number): string => new Date(ms).toISOString()

/** Tickets of a day that have waited for a screen longer than the alarm allows. */
function lookAtKitchen(connection: Connection, catalog: Catalog, sinceMs: number): Finding {
  const { sql } = connection
  const unseen = prepare(
    connection,
    sql
      .selectFrom('order_tickets')
      .innerJoin('orders', 'orders.id', 'order_tickets.order_id')
      .where('orders.status', 'in', ['confirmed', 'preparing'])
      .where('order_tickets.bumped', '=', 0)
      .where('order_tickets.seen_by', '=', '')
      .where('order_tickets.fired_at', '<', '')
      .where('order_tickets.fired_at', '>', '')
      .select('order_tickets.id'),
  ).all('confirmed', 'preparing', 0, '[]', at(sinceMs), at(sinceMs - DAY_MS)).length
  const screens = [...catalog.device].filter(
    ([id, { role }]) => role === 'kitchen' && !isRevoked(catalog, id),
  ).length
  if (unseen === 0) return good('kitchen', 'No ticket waits for a kitchen screen to show it.')
  return bad(
    'kitchen',
    `${unseen} tickets were sent and no kitchen screen has shown them.`,
    screens === 0
      ? 'The store has no kitchen device. Open the kitchen screen of this device in a browser, or join one: aura pair.'
      : 'See that a kitchen screen is switched on, shows the right station and is heard (see "peers"). Until then tell the kitchen.',
  )
}
