import type { EditedKind, RecordValue } from '../../domain/catalog.ts'
import { menuRecordFromRest, menuRecordToRest } from './menu-records.ts'
import type { RecordIn, RecordOut } from './records.ts'
import { pacingFromRest, pacingToRest } from './settings.ts'
import { moneyOf, type AmountIn } from './values.ts'

/** Reference data between the domain's spelling and REST's. */

type ToRest = {
  readonly [K in EditedKind]: (value: RecordValue<K>, currency: string) => RecordOut<K>
}

const toRest: ToRest = {
  menu_item: (item, currency) => ({
    name: item.name,
    kitchen_name: item.kitchenName ?? null,
    description: item.description ?? null,
    category_id: item.categoryId,
    price: moneyOf(item.priceMinor, currency),
    tax_rate_id: item.taxRateId,
    station_id: item.stationId,
    modifier_group_ids: item.modifierGroupIds,
    open: item.open ?? false,
    barcodes: item.barcodes ?? [],
    position: item.position,
  }),
  modifier_group: (group, currency) => ({
    name: group.name,
    position: group.position,
    min: group.min,
    max: group.max,
    preparations: group.preparations ?? [],
    modifiers: group.modifiers.map((modifier) => ({
      id: modifier.id,
      name: modifier.name,
      kitchen_name: modifier.kitchenName ?? null,
      price: moneyOf(modifier.priceMinor, currency),
      opens: modifier.opens ?? [],
      extra_price:
        modifier.extraPriceMinor === undefined ? null : moneyOf(modifier.extraPriceMinor, currency),
      standard: modifier.standard ?? false,
    })),
  }),
  category: ({ name, position, color }) => ({ name, position, color }),
  tax_rate: ({ name, ratePpm, included }) => ({ name, rate_ppm: ratePpm, included }),
  station: (station) => ({
    name: station.name,
    position: station.position,
    warn_after_seconds: station.warnAfterSeconds,
    late_after_seconds: station.lateAfterSeconds,
    kind: station.kind ?? 'prep',
    also_shows_item_ids: station.alsoShowsItemIds ?? [],
    also_shows_category_ids: station.alsoShowsCategoryIds ?? [],
    also_makes_item_ids: station.alsoMakesItemIds ?? [],
    also_makes_category_ids: station.alsoMakesCategoryIds ?? [],
  }),
  dining_table: ({ number, room, seats, position }) => ({ number, room, seats, position }),
  staff: ({ name, role, pinHash }) => ({ name, role, has_pin: pinHash !== null }),
  store: (store) => ({
    name: store.name,
    currency: store.currency,
    time_zone: store.timeZone,
    day_starts_at_minutes: store.dayStartsAtMinutes,
    tax_rounding: store.taxRounding,
    service_charge_ppm: store.serviceChargePpm,
    pay_later_channels: store.payLaterChannels,
    service_charge_from_guests: store.serviceChargeFromGuests ?? null,
    confirm_by_hand_channels: store.confirmByHandChannels ?? [],
  }),
  room: ({ name, position }) => ({ name, position }),
  table_place: (place) => place,
  course: ({ name, categoryIds }) => ({ name, category_ids: categoryIds }),
  pacing: pacingToRest,
  receipt_text: (text) => text,
  message_text: (text) => text,
  ...menuRecordToRest,
}

export const recordToRest = <K extends EditedKind>(
  kind: K,
  value: RecordValue<K>,
  currency: string,
): RecordOut<K> => toRest[kind](value, currency)

type FromRest = {
  readonly [K in EditedKind]: (value: RecordIn<K>, pinHash: string | null) => RecordValue<K>
}

/** What the kitchen calls it is said only where it differs. */
const kitchenNameOf = ({ name, kitchen_name: kitchenName }: KitchenNamed) =>
  kitchenName === null || kitchenName === name ? {} : { kitchenName }
interface KitchenNamed {
  readonly name: string
  readonly kitchen_name: string | null
}

const fromRest: FromRest = {
  menu_item: (item) => ({
    name: item.name,
    ...kitchenNameOf(item),
    ...(item.description !== null && item.description !== '' && { description: item.description }),
    categoryId: item.category_id,
    priceMinor: item.price.amount,
    taxRateId: item.tax_rate_id,
    stationId: item.station_id,
    modifierGroupIds: item.modifier_group_ids,
    ...(item.open && { open: true as const }),
    ...(item.barcodes.length > 0 && { barcodes: [...new Set(item.barcodes)] }),
    position: item.position,
  }),
  modifier_group: (group) => ({
    name: group.name,
    position: group.position,
    min: group.min,
    max: group.max,
    ...(group.preparations.length > 0 && { preparations: [...new Set(group.preparations)] }),
    modifiers: group.modifiers.map((modifier) => ({
      id: modifier.id,
      name: modifier.name,
      priceMinor: modifier.price.amount,
      ...kitchenNameOf(modifier),
      ...(modifier.opens !== undefined &&
        modifier.opens.length > 0 && { opens: [...new Set(modifier.opens)] }),
      ...(modifier.extra_price && { extraPriceMinor: modifier.extra_price.amount }),
      ...(modifier.standard && { standard: true as const }),
    })),
  }),
  category: ({ name, position, color }) => ({ name, position, color }),
  tax_rate: ({ name, rate_ppm: ratePpm, included }) => ({ name, ratePpm, included }),
  station: (station) => ({
    name: station.name,
    position: station.position,
    warnAfterSeconds: station.warn_after_seconds,
    lateAfterSeconds: station.late_after_seconds,
    // Programs from before stations had these read a record that says nothing of them.
    ...(station.kind === 'expo' && { kind: station.kind }),
    ...someIds('alsoShowsItemIds', station.also_shows_item_ids),
    ...someIds('alsoShowsCategoryIds', station.also_shows_category_ids),
    ...someIds('alsoMakesItemIds', station.also_makes_item_ids),
    ...someIds('alsoMakesCategoryIds', station.also_makes_category_ids),
  }),
  dining_table: ({ number, room, seats, position }) => ({ number, room, seats, position }),
  staff: ({ name, role }, pinHash) => ({ name, role, pinHash }),
  store: (store) => ({
    name: store.name,
    currency: store.currency,
    timeZone: store.time_zone,
    dayStartsAtMinutes: store.day_starts_at_minutes,
    taxRounding: store.tax_rounding,
    serviceChargePpm: store.service_charge_ppm,
    payLaterChannels: [...new Set(store.pay_later_channels)],
    ...(store.service_charge_from_guests !== null && {
      serviceChargeFromGuests: store.service_charge_from_guests,
    }),
    ...(store.confirm_by_hand_channels.length > 0 && {
      confirmByHandChannels: [...new Set(store.confirm_by_hand_channels)],
    }),
  }),
  room: (room) => room,
  table_place: (place) => place,
  course: ({ name, category_ids: categoryIds }) => ({ name, categoryIds }),
  pacing: pacingFromRest,
  receipt_text: (text) => text,
  message_text: (text) => text,
  ...menuRecordFromRest,
}

/** `pinHash`: what is stored of a member of staff's PIN; of no other kind is it asked. */
export const recordFromRest = <K extends EditedKind>(
  kind: K,
  value: RecordIn<K>,
  pinHash: string | null,
): RecordValue<K> => fromRest[kind](value, pinHash)

/** Where a value names an amount, and in which currency. */
export function amountsIn(kind: EditedKind, value: unknown): { path: string; amount: AmountIn }[] {
  switch (kind) {
    case 'menu_item':
      return [{ path: 'price', amount: (value as RecordIn<'menu_item'>).price }]
    case 'modifier_group':
      return (value as RecordIn<'modifier_group'>).modifiers.flatMap((modifier, index) => [
        { path: `modifiers.${index}.price`, amount: modifier.price },
        ...(modifier.extra_price
          ? [{ path: `modifiers.${index}.extra_price`, amount: modifier.extra_price }]
          : []),
      ])
    case 'price_level':
      return (value as RecordIn<'price_level'>).prices.map(({ price }, index) => ({
        path: `prices.${index}.price`,
        amount: price,
      }))
    case 'combo': {
      const { price, slots } = value as RecordIn<'combo'>
      const surcharges = slots.flatMap(({ choices }, slot) =>
        choices.flatMap(({ surcharge }, choice) =>
          surcharge === undefined
            ? []
            : [{ path: `slots.${slot}.choices.${choice}.surcharge`, amount: surcharge }],
        ),
      )
      return [{ path: 'price', amount: price }, ...surcharges]
    }
    default:
      return []
  }
}

/** A place in the domain's value, as REST spells it: `modifierGroupIds.1` is `modifier_group_ids.1`. */
export const memberToRest = (member: string): string =>
  member
    .replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    .replace(/(price|surcharge)_minor$/, '$1')
    .replace(/(^|\.)item_id/, '$1menu_item_id')
    .replace(/^pin_hash$/, 'pin')

const someIds = <K extends string>(key: K, ids: readonly string[] | undefined) =>
  (ids === undefined || ids.length === 0 ? {} : { [key]: [...new Set(ids)] }) as {
    [P in K]?: string[]
  }
