import { money } from '../../../protocol/rest/values.ts'
import type { EditedKind } from '../../../domain/catalog.ts'
import { CHANNEL_NAMES } from '../../ui/words.ts'
import { formatPpm, formatSpan, type StoreWords } from '../format.ts'
import { milliText } from './decimals.ts'
import { COLORS, FIELDS, STAFF_ROLE_NAMES } from './fields.ts'
import type { FormKind, Records } from './records.ts'

/** What a field of a record is called where its form calls it so. */
export const fieldLabel = (kind: EditedKind, field: string): string =>
  (kind in FIELDS ? FIELDS[kind as FormKind] : []).find(({ name }) => name === field)?.label ??
  (field === 'has_pin' ? 'PIN' : field.replaceAll('_', ' '))

type Rows = readonly { readonly id: string; readonly value: { readonly name: string } }[]
type Write = (value: unknown, records: Records | null, words: StoreWords) => string

const nameIn = (rows: Rows | undefined, id: unknown): string =>
  rows?.find((row) => row.id === id)?.value.name ?? String(id)

const channelName = (channel: unknown): string =>
  CHANNEL_NAMES[channel as keyof typeof CHANNEL_NAMES] ?? String(channel)

const WRITERS: Readonly<Record<string, Write>> = {
  category_id: (id, records) => nameIn(records?.category, id),
  tax_rate_id: (id, records) => nameIn(records?.tax_rate, id),
  station_id: (id, records) => nameIn(records?.station, id),
  modifier_group_ids: (ids, records) => listOf(ids, (id) => nameIn(records?.modifier_group, id)),
  par_milli: (milli) => milliText(Number(milli)),
  rate_ppm: (ppm) => formatPpm(Number(ppm)),
  service_charge_ppm: (ppm) => formatPpm(Number(ppm)),
  warn_after_seconds: (seconds) => formatSpan(Number(seconds)),
  late_after_seconds: (seconds) => formatSpan(Number(seconds)),
  day_starts_at_minutes: (minutes) => clockOf(Number(minutes)),
  color: (color) => COLORS[String(color)] ?? String(color),
  role: (role) => STAFF_ROLE_NAMES[role as keyof typeof STAFF_ROLE_NAMES] ?? String(role),
  pay_later_channels: (channels) => listOf(channels, channelName),
  confirm_by_hand_channels: (channels) => listOf(channels, channelName),
  modifiers: (modifiers, _records, words) =>
    listOf(modifiers, (one) => {
      const { name = '', price, modifier_id: id } = one as Readonly<Record<string, unknown>>
      if (typeof id === 'string') return id
      const parsed = money.safeParse(price)
      const isFree = !parsed.success || parsed.data.amount === 0
      return isFree ? String(name) : `${String(name)} ${words.money(parsed.data)}`
    }),
}

/** A value before or after, as its form shows it. */
export function valueText(
  field: string,
  value: unknown,
  records: Records | null,
  words: StoreWords,
): string {
  if (value === null || value === undefined || value === '') return '–'
  const write = WRITERS[field]
  if (write !== undefined) return write(value, records, words)
  const amount = money.safeParse(value)
  if (amount.success) return words.money(amount.data)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const listOf = (values: unknown, write: (one: unknown) => string): string =>
  Array.isArray(values) && values.length > 0 ? values.map(write).join(', ') : '–'

const clockOf = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
