import type { PaperLanguage } from '../../../domain/languages.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import { spanish } from './es.ts'
import { french } from './fr.ts'
import type { PaperWords } from './paper-words.ts'

const WORDS: Readonly<Record<PaperLanguage, PaperWords>> = {
  en: english,
  de: german,
  es: spanish,
  fr: french,
}

export const wordsIn = (language: PaperLanguage): PaperWords => WORDS[language]
