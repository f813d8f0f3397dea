import type { PaperLine, PaperSize } from '../../protocol/paper.ts'
import { widthOf } from '../../protocol/paper.ts'

/** Setting text in the columns of a receipt. Every line that leaves here fits. */
export interface Layout {
  readonly columns: number
  readonly text: (text: string, style?: Style) => PaperLine[]
  readonly centered: (text: string, style?: Style) => PaperLine[]
  /** Words on the left, an amount on the right of their last line, which is never broken. */
  readonly pair: (left: string, amount: string, style?: Style) => PaperLine[]
  readonly rule: () => PaperLine
  readonly blank: () => PaperLine
}

interface Style {
  readonly size?: PaperSize
  readonly isBold?: boolean
  readonly isInverted?: boolean
  /** Columns in front of each line. */
  readonly indent?: number
}

export function createLayout(columns: number): Layout {
  const styled = (text: string, { size = 'normal', isBold, isInverted }: Style): PaperLine => ({
    text,
    size,
    isBold: isBold ?? false,
    isInverted: isInverted ?? false,
  })
  const roomOf = ({ size = 'normal', indent = 0 }: Style): number =>
    Math.floor(columns / widthOf(size)) - indent
  const indented = (text: string, { indent = 0 }: Style): string => ' '.repeat(indent) + text

  return {
    columns,
    text: (text, style = {}) =>
      wrap(text, roomOf(style)).map((line) => styled(indented(line, style), style)),
    centered: (text, style = {}) =>
      wrap(text, roomOf(style)).map((line) =>
        styled(inTheMiddle(line, roomOf(style), style.isInverted === true), style),
      ),
    pair: (left, amount, style = {}) => {
      const right = plain(amount)
      const room = roomOf(style)
      const lines = wrap(left, room)
      const last = lines.at(-1) ?? ''
      const fits = cellsOf(last) + 1 + cellsOf(right) <= room
      const ended = fits ? lines.slice(0, -1) : lines
      const before = fits ? last : ''
      const gap = ' '.repeat(Math.max(0, room - cellsOf(before) - cellsOf(right)))
      const amounts = cellsOf(right) <= room ? [before + gap + right] : wrap(right, room)
      return [...ended, ...amounts].map((line) => styled(indented(line, style), style))
    },
    rule: () => styled('-'.repeat(columns), {}),
    blank: () => styled('', {}),
  }
}

/** White on black goes from edge to edge. */
function inTheMiddle(line: string, room: number, isFilled: boolean): string {
  const left = ' '.repeat(Math.floor((room - cellsOf(line)) / 2)) + line
  return isFilled ? left + ' '.repeat(room - cellsOf(left)) : left
}

/** Breaks between words, and in a word that is longer than a line. At least one line. */
function wrap(text: string, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of plain(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (cellsOf(longer) <= room) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    const pieces = cut(word, room)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ''
  }
  return [...lines, line]
}

function cut(word: string, room: number): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const character of word) {
    if (cellsOf(piece + character) > room) {
      pieces.push(piece)
      piece = ''
    }
    piece += character
  }
  return [...pieces, piece]
}

/**
 * A printer takes control characters for orders: what somebody typed into a note must not open a
 * drawer. Line breaks and runs of spaces become one space.
 */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
    .trim()

/** One cell for a character: what is wider has no place in any of the code pages. */
const cellsOf = (text: string): number => [...text].length
