import { CHANNELS } from '../../../domain/channels.ts'
import { formatMoney } from '../../ui/format.ts'
import { CHANNEL_NAMES } from '../../ui/words.ts'
import type { FieldSpec, Option, OptionsOf } from './field-spec.ts'
import type { Records } from './records.ts'

/** Fields and choices that several kinds of records share. */

export const NAME: FieldSpec = { name: 'name', label: 'Name', type: 'text', maxLength: 120 }
export const POSITION: FieldSpec = {
  name: 'position',
  label: 'Position',
  type: 'number',
  min: 0,
  max: 100_000,
  hint: 'Where it stands; the smallest comes first',
}

export const namesOf = (
  rows: readonly { readonly id: string; readonly value: { readonly name: string } }[],
): readonly Option[] => rows.map(({ id, value }) => ({ value: id, label: value.name }))

export const fixed = (names: Readonly<Record<string, string>>): OptionsOf => {
  const options = Object.entries(names).map(([value, label]) => ({ value, label }))
  return () => options
}

export const channelOptions: OptionsOf = () =>
  CHANNELS.map((value) => ({ value, label: CHANNEL_NAMES[value] }))

export const categoryOptions: OptionsOf = ({ category }) => namesOf(category)

/** What is sold by its id, with what it costs as long as nothing else is said. */
export const soldOptions: OptionsOf = ({ menu_item: items, combo: combos }) =>
  [...items, ...combos].map(({ id, value }) => pricedOption(id, value))

export const itemOptions: OptionsOf = ({ menu_item: items }) =>
  items.map(({ id, value }) => pricedOption(id, value))

function pricedOption(
  id: string,
  { name, price }: { readonly name: string; readonly price: unknown },
): Option {
  // What stands in the draft has an amount without its currency.
  if (typeof price !== 'object' || price === null) return { value: id, label: name }
  const { amount, currency } = price as { amount: number; currency: string }
  return { value: id, label: name, note: formatMoney(amount, currency) }
}

/** A room without a record is called as its tables call it. */
export const roomOptions: OptionsOf = ({ room: rooms, dining_table: tables }) => {
  const named = new Set(rooms.map(({ id }) => id))
  const bare = new Set(tables.map(({ value }) => value.room).filter((room) => !named.has(room)))
  return [...namesOf(rooms), ...[...bare].map((value) => ({ value, label: value }))]
}

export const modifiersOfGroups = (
  { modifier_group: groups }: Records,
  groupIds: readonly string[],
): readonly Option[] =>
  groups
    .filter(({ id }) => groupIds.includes(id))
    .flatMap(({ value }) => value.modifiers)
    .map(({ id, name }) => ({ value: id, label: name }))
