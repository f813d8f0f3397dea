import type { FoundingForm } from '../../protocol/founding.ts'
import { parseDecimal, parsePercent } from '../office/editing/decimals.ts'
import { decimalsOf } from '../ui/format.ts'

/** What a person enters to open a new store. */
export interface NewStoreForm {
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly dayStartsAtMinutes: number
  readonly managerName: string
  readonly pin: string
  readonly hasTables: boolean
  readonly tables: string
  /** Percent, as it is typed; nothing: no tax. */
  readonly taxPercent: string
  readonly isTaxIncluded: boolean
  readonly deviceName: string
  readonly menu: MenuChoice
}

export type MenuChoice =
  | { readonly kind: 'demo' }
  | { readonly kind: 'file'; readonly file: ChosenFile | null }
  | { readonly kind: 'typed'; readonly text: string }

export interface ChosenFile {
  readonly fileName: string
  readonly base64: string
}

export type Missing =
  | 'name'
  | 'managerName'
  | 'pin'
  | 'tables'
  | 'tax'
  | 'file'
  | 'deviceName'
  | { readonly line: string }

/** As most would have it where this browser is. */
export function usualForm(locale: string, timeZone: string, deviceName: string): NewStoreForm {
  const region = new Intl.Locale(locale).maximize().region ?? ''
  return {
    name: '',
    currency: currencyOfRegion(region),
    timeZone,
    dayStartsAtMinutes: 4 * 60,
    managerName: '',
    pin: '',
    hasTables: true,
    tables: '12',
    taxPercent: '',
    isTaxIncluded: IS_TAX_ON_TOP[region] !== true,
    deviceName,
    menu: { kind: 'demo' },
  }
}

type Words = FoundingForm['words'] & { readonly tax: (percent: string) => string }

/** What is sent; or the first thing that is still missing. */
export function readForm(
  form: NewStoreForm,
  words: Words,
):
  | { readonly ok: true; readonly value: FoundingForm }
  | { readonly ok: false; readonly missing: Missing } {
  const missing = (what: Missing) => ({ ok: false as const, missing: what })
  if (form.name.trim() === '') return missing('name')
  if (form.managerName.trim() === '') return missing('managerName')
  if (!/^\d{4}$/.test(form.pin)) return missing('pin')
  const tables = form.hasTables ? Number(form.tables) : 0
  if (form.hasTables && !/^\d{1,3}$/.test(form.tables)) return missing('tables')
  if (form.hasTables && (tables < 1 || tables > MAX_TABLES)) return missing('tables')
  const ratePpm = form.taxPercent.trim() === '' ? 0 : parsePercent(form.taxPercent)
  if (ratePpm === null || ratePpm < 0 || ratePpm > 1_000_000) return missing('tax')
  if (form.deviceName.trim() === '') return missing('deviceName')
  const menu = readMenu(form.menu, form.currency)
  if (!menu.ok) return menu
  const { name, currency, timeZone, dayStartsAtMinutes } = form
  const { room, kitchen, menu: menuWord, noTax } = words
  return {
    ok: true,
    value: {
      store: { name: name.trim(), currency, timeZone, dayStartsAtMinutes },
      manager: { name: form.managerName.trim(), pin: form.pin },
      tables,
      tax:
        ratePpm === 0
          ? null
          : { name: words.tax(form.taxPercent.trim()), ratePpm, included: form.isTaxIncluded },
      deviceName: form.deviceName.trim(),
      menu: menu.value,
      words: { room, kitchen, menu: menuWord, noTax },
    },
  }
}

const MAX_TABLES = 200

function readMenu(
  menu: MenuChoice,
  currency: string,
):
  | { readonly ok: true; readonly value: FoundingForm['menu'] }
  | { readonly ok: false; readonly missing: Missing } {
  switch (menu.kind) {
    case 'demo':
      return { ok: true, value: menu }
    case 'file':
      return menu.file === null
        ? { ok: false, missing: 'file' }
        : { ok: true, value: { kind: 'file', file: menu.file } }
    case 'typed': {
      const items: { name: string; priceMinor: number }[] = []
      for (const line of menu.text.split('\n').filter((one) => one.trim() !== '')) {
        const item = readItem(line, decimalsOf(currency))
        if (item === null) return { ok: false, missing: { line: line.trim() } }
        items.push(item)
      }
      return { ok: true, value: { kind: 'typed', items } }
    }
  }
}

/** `Espresso 2.80`: the price stands last. */
export function readItem(
  line: string,
  decimals: number,
): { readonly name: string; readonly priceMinor: number } | null {
  const match = /^(.*\S)\s+(\S+)$/u.exec(line.trim())
  if (match === null) return null
  const [, name = '', price = ''] = match
  const priceMinor = parseDecimal(price, decimals)
  return priceMinor === null || priceMinor < 0 ? null : { name: name.slice(0, 120), priceMinor }
}

/** Where prices are written without their tax. */
const IS_TAX_ON_TOP: Readonly<Record<string, boolean>> = { CA: true, US: true }

const CURRENCIES: Readonly<Record<string, string>> = {
  AE: 'AED',
  AT: 'EUR',
  AU: 'AUD',
  BE: 'EUR',
  BH: 'BHD',
  BR: 'BRL',
  CA: 'CAD',
  CH: 'CHF',
  CN: 'CNY',
  CY: 'EUR',
  CZ: 'CZK',
  DE: 'EUR',
  DK: 'DKK',
  DZ: 'DZD',
  EE: 'EUR',
  EG: 'EGP',
  ES: 'EUR',
  FI: 'EUR',
  FR: 'EUR',
  GB: 'GBP',
  GR: 'EUR',
  HK: 'HKD',
  HR: 'EUR',
  HU: 'HUF',
  IE: 'EUR',
  IL: 'ILS',
  IN: 'INR',
  IT: 'EUR',
  JO: 'JOD',
  JP: 'JPY',
  KR: 'KRW',
  KW: 'KWD',
  LT: 'EUR',
  LU: 'EUR',
  LV: 'EUR',
  MA: 'MAD',
  MT: 'EUR',
  MX: 'MXN',
  NL: 'EUR',
  NO: 'NOK',
  NZ: 'NZD',
  OM: 'OMR',
  PL: 'PLN',
  PT: 'EUR',
  QA: 'QAR',
  RO: 'RON',
  SA: 'SAR',
  SE: 'SEK',
  SG: 'SGD',
  SI: 'EUR',
  SK: 'EUR',
  TN: 'TND',
  TR: 'TRY',
  US: 'USD',
  ZA: 'ZAR',
}

const currencyOfRegion = (region: string): string => CURRENCIES[region] ?? 'USD'
