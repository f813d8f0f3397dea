/** What the browser knows of currencies, time zones and hours, as choices. */

interface Choice {
  readonly value: string
  readonly label: string
}

export function currencyOptions(locale: string): readonly Choice[] {
  const names = new Intl.DisplayNames(locale, { type: 'currency' })
  return Intl.supportedValuesOf('currency').map((value) => ({
    value,
    label: `${value} · ${names.of(value) ?? value}`,
  }))
}

/** The browser's own may go by another name than those it lists. */
export function timeZoneOptions(): readonly Choice[] {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  const all = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', own])
  return [...all].toSorted().map((value) => ({ value, label: value.replaceAll('_', ' ') }))
}

const HOURS_TO_NOON = 12

/** Whole hours, as they are written in a language: minutes after midnight. */
export function dayStartOptions(locale: string): readonly Choice[] {
  const format = new Intl.DateTimeFormat(locale, {
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
  })
  return Array.from({ length: HOURS_TO_NOON + 1 }, (_, hour) => ({
    value: String(hour * 60),
    label: format.format(Date.UTC(2026, 0, 1, hour)),
  }))
}
