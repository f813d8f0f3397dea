import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import type { PrinterCodepage } from '../../domain/catalog.ts'
import type { Paper } from '../../protocol/paper.ts'
import { createLayout } from './layout.ts'

/**
 * What a printer's code page has. The library prints `?` for what it lacks, and nobody would know
 * that something is missing: so such characters are replaced here first, and the paper says so.
 */
export interface Printable {
  readonly paper: Paper
  /** Each once, in the order in which they came. */
  readonly unprintable: readonly string[]
}

/** Stands where a character cannot be printed. */
const STAND_IN = '#'
const NAMED = 6

export function fitToCodepage(paper: Paper, codepage: PrinterCodepage): Printable {
  const missing = new Set<string>()
  const lines = paper.lines.map((line) => ({
    ...line,
    text: [...line.text].map((character) => printed(character, codepage, missing)).join(''),
  }))
  const unprintable = [...missing]
  const note = unprintable.length === 0 ? [] : noteOn(unprintable, paper.columns)
  return { paper: { ...paper, lines: [...lines, ...note] }, unprintable }
}

/** By their numbers, for the paper cannot show them. */
function noteOn(unprintable: readonly string[], columns: number) {
  const layout = createLayout(columns)
  const named = unprintable.slice(0, NAMED).map(codePointName).join(', ')
  const more = unprintable.length > NAMED ? ` and ${unprintable.length - NAMED} more` : ''
  return [
    ...layout.text('CHARACTERS ARE MISSING', { isBold: true, isInverted: true }),
    ...layout.text(
      `${STAND_IN} stands for what this printer cannot print: ${named}${more}. The screen shows it.`,
    ),
  ]
}

const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

/** The same sign to a reader, where the code page has only the plain one. */
const PLAIN: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '•': '*',
  '×': 'x',
}

/** One character for one, so that a line keeps its width. */
function printed(character: string, codepage: PrinterCodepage, missing: Set<string>): string {
  if (has(character, codepage)) return character
  const plain = PLAIN[character] ?? withoutMarks(character)
  if (plain !== undefined && has(plain, codepage)) return plain
  missing.add(character)
  return STAND_IN
}

/** `ș` → `s`: read as what it is. Undefined: there is no letter below the marks. */
function withoutMarks(character: string): string | undefined {
  const [base, ...marks] = character.normalize('NFD')
  return marks.length > 0 && marks.every((mark) => /\p{M}/u.test(mark)) ? base : undefined
}

/**
 * Right-to-left scripts need their letters joined and turned round, which a code page does not do.
 * In those that have the letters, each would stand alone and the words would run backwards.
 */
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

const known = new Map<string, boolean>()

function has(character: string, codepage: PrinterCodepage): boolean {
  if (character >= ' ' && character <= '~') return true
  if (RIGHT_TO_LEFT.test(character)) return false
  const key = `${codepage} ${character}`
  const before = known.get(key)
  if (before !== undefined) return before
  const bytes = new ReceiptPrinterEncoder({ language: 'esc-pos', columns: 42 })
    .codepage(codepage)
    .text(character)
    .encode()
  const answer = !bytes.includes(QUESTION_MARK)
  if (known.size < MAX_KNOWN) known.set(key, answer)
  return answer
}

const QUESTION_MARK = '?'.charCodeAt(0)
const MAX_KNOWN = 20_000
