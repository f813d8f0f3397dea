import { LANGUAGES, type Language } from '../../domain/languages.ts'

export { LANGUAGES, type Language } from '../../domain/languages.ts'

/** Each in its own words, so that whoever reads it finds it. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ar: 'العربية',
}

export const isLanguage = (text: string | null): text is Language =>
  LANGUAGES.some((language) => language === text)

export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  language === 'ar' ? 'rtl' : 'ltr'

const languageOf = (tag: string): string => tag.split('-')[0]?.toLowerCase() ?? ''

/** The first of somebody's preferred tags that there are words for. */
export function preferredLanguage(tags: readonly string[]): Language {
  const known = tags.map(languageOf).find(isLanguage)
  return known ?? 'en'
}

/**
 * What `Intl` is asked with. The country of the browser is kept where it speaks the language, for a
 * date in London is not one in New York. Digits are those on the keypad and on the paper in every
 * language, so that one amount looks the same wherever it stands.
 */
export function localeFor(language: Language, tags: readonly string[]): string {
  const tag = tags.find((each) => languageOf(each) === language) ?? language
  return new Intl.Locale(tag, { numberingSystem: 'latn' }).toString()
}
