import type { PaperLanguage } from '../domain/languages.ts'

/**
 * What comes out of a receipt printer, line by line: laid out already, so that paper, preview and
 * text are the same characters.
 */
export interface PaperLine {
  /** Fits the paper at this line's size. */
  readonly text: string
  readonly size: PaperSize
  readonly isBold: boolean
  /** White on black. */
  readonly isInverted: boolean
}

/** `tall`: twice as high. `large`: twice as high and twice as wide. */
export type PaperSize = 'normal' | 'tall' | 'large'

export interface Paper {
  readonly columns: number
  /** Of what stands on it; absent: English. */
  readonly language?: PaperLanguage
  readonly lines: readonly PaperLine[]
}

export const widthOf = (size: PaperSize): number => (size === 'large' ? 2 : 1)

const RIGHT_TO_LEFT = /\p{Script=Arabic}|\p{Script=Hebrew}/u

/**
 * The columns of a line where something in it runs from the right: each is set apart, or a screen would
 * put the price to the left of an Arabic name. The spaces between them are pieces of their own.
 */
export const piecesOf = (text: string): readonly string[] =>
  RIGHT_TO_LEFT.test(text) ? text.split(/( {2,})/).filter((piece) => piece !== '') : [text]

/** Why nothing, or not all, came out of a printer. */
export const PRINTER_TROUBLES = [
  'paper_out',
  'cover_open',
  'offline',
  'unreachable',
  'bad_address',
  'broke_off',
] as const
export type PrinterTrouble = (typeof PRINTER_TROUBLES)[number]

/** How a printer stands, as one device knows it. */
export interface PrinterState {
  readonly printerId: string
  /** Null: none is known. */
  readonly trouble: PrinterTrouble | null
  /** Jobs of this device that have not come out. */
  readonly waiting: number
  readonly lastPrintedMs: number | null
  readonly lastAnsweredMs: number | null
  /** Jobs that were given up since this device started. */
  readonly dropped: number
  /** Characters of the last job that this printer does not have. */
  readonly unprintable: readonly string[]
}
