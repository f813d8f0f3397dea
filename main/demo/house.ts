import type { RecordValue, Role } from '../../domain/catalog.ts'

/** What the demo restaurant has beside its menu: taxes, stations, tables and people. */

type Rows<T> = readonly { readonly id: string; readonly value: T }[]

export const DEMO_TAX_RATES: Rows<RecordValue<'tax_rate'>> = [
  { id: 'sales', value: { name: 'Sales tax 8.875 %', ratePpm: 88_750, included: false } },
  { id: 'alcohol', value: { name: 'Alcohol 10 %', ratePpm: 100_000, included: false } },
]

const station = (
  id: string,
  name: string,
  position: number,
  warnAfterSeconds: number,
  lateAfterSeconds: number,
) => ({ id, value: { name, position, warnAfterSeconds, lateAfterSeconds } })

/** Where orders are put together and leave the kitchen. */
const expo = (...of: Parameters<typeof station>) => {
  const { id, value } = station(...of)
  return { id, value: { ...value, kind: 'expo' as const } }
}

export const DEMO_STATIONS: Rows<RecordValue<'station'>> = [
  station('grill', 'Grill & oven', 0, 8 * 60, 14 * 60),
  station('cold', 'Salads & desserts', 1, 5 * 60, 9 * 60),
  station('bar', 'Bar', 2, 3 * 60, 6 * 60),
  expo('pass', 'Pass', 3, 10 * 60, 16 * 60),
]

const DINING_ROOM_SEATS = [2, 2, 4, 4, 4, 4, 2, 2, 6, 6, 8, 4]
const TERRACE_SEATS = [2, 2, 2, 4, 4, 4, 4, 6]

/** Tables 1 to 12 in the dining room, 13 to 20 on the terrace. */
export const DEMO_TABLES: Rows<RecordValue<'dining_table'>> = [
  ...DINING_ROOM_SEATS.map((seats) => ({ room: 'Dining room', seats })),
  ...TERRACE_SEATS.map((seats) => ({ room: 'Terrace', seats })),
].map(({ room, seats }, position) => {
  const number = String(position + 1)
  return { id: `table-${number}`, value: { number, room, seats, position } }
})

/** The PINs are public: a demo store must never become a real one. */
export const DEMO_STAFF: readonly {
  readonly id: string
  readonly name: string
  readonly role: Role
  readonly pin: string
}[] = [
  { id: 'staff-alex', name: 'Alex Morgan', role: 'admin', pin: '1234' },
  { id: 'staff-maria', name: 'Maria Lopez', role: 'manager', pin: '2222' },
  { id: 'staff-sam', name: 'Sam Chen', role: 'cashier', pin: '3333' },
  { id: 'staff-kofi', name: 'Kofi Mensah', role: 'kitchen', pin: '4444' },
]
