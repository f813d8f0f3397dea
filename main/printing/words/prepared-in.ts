import type { Preparation } from '../../../domain/preparations.ts'
import type { PaperWords } from './paper-words.ts'

/** How a modifier is wanted; as it is, by its name alone. */
export const preparedIn = (
  words: PaperWords['prepared'],
  name: string,
  preparation: Preparation | undefined,
): string => (preparation === undefined ? name : words[preparation](name))
