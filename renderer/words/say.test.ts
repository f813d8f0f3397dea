import { afterEach, expect, test } from 'vitest'
import { formatAge, formatMoney } from '../ui/format.ts'
import { CHANNEL_NAMES } from '../ui/words.ts'
import { localeFor, preferredLanguage } from './languages.ts'
import { chooseLanguage, say } from './say.ts'

afterEach(() => chooseLanguage('en'))

test('[X4] the language of the browser is taken where there are words for it, else English', () => {
  expect(preferredLanguage(['de-AT', 'en'])).toBe('de')
  expect(preferredLanguage(['pt-BR', 'fr-CA'])).toBe('fr')
  expect(preferredLanguage(['pt-BR'])).toBe('en')
  expect(preferredLanguage([])).toBe('en')
  expect(localeFor('en', ['de-DE', 'en-GB'])).toBe('en-GB-u-nu-latn')
  expect(localeFor('ar', ['en-GB'])).toBe('ar-u-nu-latn')
})

test('[X4] another language is spoken by tables, functions and formats alike', async () => {
  expect(CHANNEL_NAMES.takeout).toBe('Takeout')
  expect(formatMoney(123_456, 'EUR')).toBe('€1,234.56')
  await chooseLanguage('de')
  expect(CHANNEL_NAMES.takeout).toBe('Außer Haus')
  expect(say('trade.table', { table: '7' })).toBe('Tisch 7')
  expect(formatMoney(123_456, 'EUR')).toBe('1.234,56\u00a0€')
  expect(formatAge(120_000)).toBe('2 Min.')
})

test('[X4] Arabic counts in six forms, and keeps what comes from elsewhere in one piece', async () => {
  await chooseLanguage('ar')
  const said = [0, 1, 2, 3, 11, 100].map((count) => say('common.days', { count }))
  expect(new Set(said).size).toBe(6)
  expect(said[3]).toBe('\u20683\u2069 أيام')
  expect(say('trade.table', { table: 'A-1' })).toBe('طاولة \u2068A-1\u2069')
  expect(formatMoney(1_250, 'KWD')).toContain('1.250')
  expect(formatMoney(1_250, 'USD')).toBe('\u206612.50\u00a0US$\u2069')
})

test('[X3] a name with braces is shown as it is', () => {
  expect(say('signIn.pinOf', { name: '{name} $t(close)' })).toBe('PIN of {name} $t(close)')
})

test('[X1] what is missing or wrong in a text does not compile', () => {
  const never = () => {
    // @ts-expect-error There is no such text.
    say('common.clsoe')
    // @ts-expect-error The table is missing.
    say('trade.table')
    // @ts-expect-error The value has another name.
    say('trade.table', { tabel: '7' })
    // @ts-expect-error A count is a number.
    say('common.days', { count: '7' })
    // @ts-expect-error This text takes no value.
    say('common.close', { table: '7' })
  }
  expect(never).toBeTypeOf('function')
})
