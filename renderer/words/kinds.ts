import type { english } from './en/index.ts'
import type { Language } from './languages.ts'

/** The types that keep five languages in step, and each `say` with what its text needs. */

/** A text that depends on a count, in the two forms that English has. */
export interface Plural {
  readonly one: string
  readonly other: string
}

/** The forms that a language counts in. Arabic has all that `Intl.PluralRules` knows. */
type FormsOf<L extends Language> = L extends 'ar' ? Intl.LDMLPluralRule : 'one' | 'other'

/** An area of texts in another language: each text that English has, and none besides. */
export type In<L extends Language, Area> = {
  readonly [Key in keyof Area]: Area[Key] extends string
    ? string
    : Readonly<Record<FormsOf<L>, string>>
}

export type English = typeof english
export type AllIn<L extends Language> = { readonly [Area in keyof English]: In<L, English[Area]> }

/** `signIn.question`: the area, and the text in it. */
export type Key = {
  [Area in keyof English]: `${Area}.${keyof English[Area] & string}`
}[keyof English]

type TextAt<K extends Key> = K extends `${infer Area extends keyof English}.${infer Name}`
  ? English[Area][Name & keyof English[Area]]
  : never

type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never

type NamesIn<Text> = Text extends Plural
  ? 'count' | Placeholders<Text['one' | 'other']>
  : Placeholders<Text>

/** What the text at a key has to be given: nothing, or a value for each `{name}` in it. */
export type ValuesFor<K extends Key> = [NamesIn<TextAt<K>>] extends [never]
  ? []
  : [
      values: {
        readonly [Name in NamesIn<TextAt<K>>]: Name extends 'count' ? number : string | number
      },
    ]
