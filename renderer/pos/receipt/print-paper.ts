import type { PaperLine } from '../../../protocol/paper.ts'

/**
 * A receipt on a page of its own size, whatever printer the browser asks: 80 mm wide and as long as it
 * is. Saved as PDF it is the receipt and nothing else. The sizes are those of PaperView.module.css.
 */

const WIDTH_MM = 80
const MARGIN_MM = 4
/** A letter of the paper's font is so wide, measured by its size. */
const LETTER_WIDTH = 0.61
const LINE_HEIGHT = 1.3

export interface PrintedPage {
  readonly widthMm: number
  readonly heightMm: number
  readonly fontMm: number
}

export function pageOf(columns: number, lines: readonly PaperLine[]): PrintedPage {
  const fontMm = round((WIDTH_MM - 2 * MARGIN_MM) / (columns * LETTER_WIDTH))
  const rows = lines.reduce((sum, { size }) => sum + (size === 'normal' ? 1 : 2), 0)
  // A line more than there are: what is rounded must not fall onto a second page.
  const heightMm = Math.ceil((rows + 1) * LINE_HEIGHT * fontMm + 2 * MARGIN_MM)
  return { widthMm: WIDTH_MM, heightMm, fontMm }
}

const round = (mm: number): number => Math.floor(mm * 100) / 100

export function printPaper(columns: number, lines: readonly PaperLine[]): void {
  const { widthMm, heightMm, fontMm } = pageOf(columns, lines)
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('@page{margin:0}')
  const [page] = sheet.cssRules
  if (page instanceof CSSPageRule) {
    page.style.setProperty('size', [`${widthMm}mm`, `${heightMm}mm`].join(' '))
  }
  const before = document.adoptedStyleSheets
  document.adoptedStyleSheets = [...before, sheet]
  document.documentElement.style.setProperty('--paper-font', `${fontMm}mm`)
  window.addEventListener('afterprint', () => (document.adoptedStyleSheets = before), {
    once: true,
  })
  window.print()
}
