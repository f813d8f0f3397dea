import { createInstance, type ResourceLanguage } from 'i18next'
import { assert } from '../../domain/result.ts'
import { remember, remembered } from '../ui/remembered.ts'
import { english } from './en/index.ts'
import type { AllIn, Key, Plural, ValuesFor } from './kinds.ts'
import {
  directionOf,
  isLanguage,
  localeFor,
  preferredLanguage,
  type Language,
} from './languages.ts'

/**
 * The words of the screens. `say` serves components and plain functions alike: a screen is built
 * anew when its language changes (see Worded.tsx), so that nobody has to listen for that.
 */
export const i18n = createInstance()
const isBrowser = typeof document !== 'undefined'
const tags = isBrowser ? navigator.languages : ['en-US']

void i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: toResource(english, 'en') },
  // With everything at hand there is nothing to wait for.
  initAsync: false,
  interpolation: {
    prefix: '{',
    suffix: '}',
    // React escapes what it shows.
    escapeValue: false,
  },
})

/** A text said while modules are still loading would stay in English for good. */
let isStarted = !isBrowser
let language: Language = 'en'
let locale = localeFor('en', tags)
let numbers = new Intl.NumberFormat(locale)

/** The text at a key, in the language of the screen, with its values written as that language does. */
export function say<K extends Key>(key: K, ...[values]: ValuesFor<K>): string {
  assert(isStarted, `${key} is said before the language of this screen is known`)
  const dot = key.indexOf('.')
  const written = Object.entries<string | number>(values ?? {}).map(([name, value]) =>
    // The count itself chooses the form of the text; what is read of it has another name.
    name === 'count' ? { count: value, counted: write(value) } : { [name]: write(value) },
  )
  const options: Record<string, string | number> = Object.assign({}, ...written)
  return i18n.t(key.slice(dot + 1), { ...options, ns: key.slice(0, dot) })
}

/** What is sure to be read as one piece where the text around it runs the other way. */
function write(value: string | number): string {
  const text = typeof value === 'number' ? numbers.format(value) : value
  return directionOf(language) === 'rtl' ? `\u2068${text}\u2069` : text
}

/** What `Intl` is asked with on this screen. */
export const currentLocale = (): string => locale
export const currentLanguage = (): Language => language

/** The language of this device's screen: what was chosen on it, else what its browser prefers. */
function ownLanguage(): Language {
  const chosen = remembered('language')
  return isLanguage(chosen) ? chosen : preferredLanguage(tags)
}

export async function startWords(): Promise<void> {
  isStarted = true
  await speak(ownLanguage())
}

/** As long as somebody who speaks it is signed in; null: the screen's own again. */
export async function speakWith(person: Language | null): Promise<void> {
  const next = person ?? ownLanguage()
  if (next !== language) await speak(next)
}

export async function chooseLanguage(next: Language): Promise<void> {
  remember('language', next)
  await speak(next)
}

/** Takes a language up once its texts are here; where they cannot be had, the screen stays as it is. */
async function speak(next: Language): Promise<void> {
  if (next !== 'en' && !i18n.hasResourceBundle(next, 'common')) {
    const found = await LOAD[next]().catch(() => null)
    if (found === null) return
    for (const [area, texts] of Object.entries(toResource(found, next))) {
      i18n.addResourceBundle(next, area, texts)
    }
  }
  language = next
  locale = localeFor(next, tags)
  numbers = new Intl.NumberFormat(locale)
  if (isBrowser) {
    document.documentElement.lang = next
    document.documentElement.dir = directionOf(next)
  }
  await i18n.changeLanguage(next)
}

/** English is always here; the others come when somebody speaks them. */
const LOAD: {
  readonly [L in Exclude<Language, 'en'>]: () => Promise<AllIn<L>>
} = {
  de: async () => (await import('./de/index.ts')).german,
  es: async () => (await import('./es/index.ts')).spanish,
  fr: async () => (await import('./fr/index.ts')).french,
  ar: async () => (await import('./ar/index.ts')).arabic,
}

/** i18next finds the form for a count by a suffix of the key: `orders_one`, `orders_few`. */
function toResource(areas: object, of: Language): ResourceLanguage {
  const categories = new Intl.PluralRules(of).resolvedOptions().pluralCategories
  const flat = (area: Readonly<Record<string, string | Plural>>) =>
    Object.fromEntries(
      Object.entries(area).flatMap(([key, text]) =>
        typeof text === 'string'
          ? [[key, text]]
          : categories.map((form) => [
              `${key}_${form}`,
              (text[form as 'other'] ?? text.other).replace('{count}', '{counted}'),
            ]),
      ),
    )
  return Object.fromEntries(Object.entries(areas).map(([area, texts]) => [area, flat(texts)]))
}
