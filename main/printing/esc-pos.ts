import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder'
import type { Printer } from '../../domain/catalog.ts'
import { widthOf, type Paper } from '../../protocol/paper.ts'
import { fitToCodepage } from './code-page.ts'

/** A job in the printer's own words. */
export interface EncodedJob {
  readonly bytes: Uint8Array
  /** Characters that this printer does not have; the paper says so too. */
  readonly unprintable: readonly string[]
}

/** Lines between the last word and the knife. */
const FEED_BEFORE_CUT = 4

export function encodePaper(paper: Paper, { columns, codepage }: Printer): EncodedJob {
  const { paper: printable, unprintable } = fitToCodepage(paper, codepage)
  const encoder = newEncoder(columns).initialize().codepage(codepage)
  for (const line of printable.lines) {
    encoder
      .bold(line.isBold)
      .invert(line.isInverted)
      .size(widthOf(line.size), line.size === 'normal' ? 1 : 2)
      .line(line.text)
  }
  const bytes = encoder.bold(false).invert(false).size(1, 1).newline(1).cut('partial').encode()
  return { bytes, unprintable }
}

const PULSE_ON_MS = 100
const PULSE_OFF_MS = 200

/** The pulse that opens the cash drawer on the printer's first connector. */
export const encodeDrawerKick = (): EncodedJob => ({
  bytes: newEncoder(42).initialize().pulse(0, PULSE_ON_MS, PULSE_OFF_MS).encode(),
  unprintable: [],
})

const newEncoder = (columns: number): ReceiptPrinterEncoder =>
  new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns,
    newline: '\n',
    feedBeforeCut: FEED_BEFORE_CUT,
    codepageMapping: 'epson',
  })
