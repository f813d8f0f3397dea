import { directionOf } from './languages.ts'
import { currentLanguage } from './say.ts'

/** A number with its sign or unit, which is read from left to right wherever it stands. */
export const inOnePiece = (text: string): string =>
  directionOf(currentLanguage()) === 'rtl' ? `\u2066${text}\u2069` : text
