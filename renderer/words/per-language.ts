import { currentLocale } from './say.ts'

/**
 * Formatters are dear to make, and a screen needs the same ones all the time: one for each subject
 * (a currency, a zone; often none), made anew when the screen changes its language.
 */
export function perLanguage<Format>(
  make: (locale: string, subject: string) => Format,
): (subject?: string) => Format {
  const made = new Map<string, Format>()
  let madeFor = ''
  return (subject = '') => {
    const locale = currentLocale()
    if (locale !== madeFor) {
      made.clear()
      madeFor = locale
    }
    let format = made.get(subject)
    if (format === undefined) {
      format = make(locale, subject)
      made.set(subject, format)
    }
    return format
  }
}
