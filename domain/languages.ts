import type { Catalog } from './catalog.ts'

/** The languages that every text of the screens is written in. English is what the others follow. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'ar'] as const
export type Language = (typeof LANGUAGES)[number]

/** Those that the letters of a receipt printer can say: see docs/decisions/0161. */
export const PAPER_LANGUAGES = ['en', 'de', 'es', 'fr'] as const satisfies readonly Language[]
export type PaperLanguage = (typeof PAPER_LANGUAGES)[number]

/** The one record of kind `paper_language` has this id. */
export const PAPER_LANGUAGE_ID = 'store'

/** Null: whatever the screen speaks. */
export const languageOfStaff = (
  { staff_language: languages }: Pick<Catalog, 'staff_language'>,
  staffId: string,
): Language | null => languages.get(staffId)?.language ?? null

/** What guests and kitchen read; English where nobody has said. */
export const paperLanguages = ({
  paper_language: languages,
}: Pick<Catalog, 'paper_language'>): {
  readonly receipts: PaperLanguage
  readonly kitchen: PaperLanguage
} => languages.get(PAPER_LANGUAGE_ID) ?? { receipts: 'en', kitchen: 'en' }
