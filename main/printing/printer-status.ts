import type { PrinterTrouble } from '../../protocol/paper.ts'

/**
 * What a printer of Epson's kind answers when it is asked how it is: `DLE EOT n` (at once, whatever
 * it is doing) and `GS r 1` (in turn, after all that came before). Epson, "ESC/POS Command
 * Reference", both under these names.
 */
export const ASK_PRINTER = Uint8Array.of(0x10, 0x04, 1)
export const ASK_OFFLINE_CAUSE = Uint8Array.of(0x10, 0x04, 2)
export const ASK_PAPER = Uint8Array.of(0x10, 0x04, 4)
export const ASK_WHEN_DONE = Uint8Array.of(0x1d, 0x72, 1)

/** The bits that tell an answer to DLE EOT from others: 0xx1xx10. */
export const isRealTimeAnswer = (byte: number): boolean => (byte & 0b1001_0011) === 0b0001_0010

/** The answer to GS r: 0xx0xxxx. */
export const isDoneAnswer = (byte: number): boolean => (byte & 0b1001_0000) === 0

/** From the answers to the three questions, in their order; null: it is ready. */
export function troubleIn([
  printer = 0,
  cause = 0,
  paper = 0,
]: readonly number[]): PrinterTrouble | null {
  if ((cause & 0b0000_0100) !== 0) return 'cover_open'
  if ((paper & 0b0110_0000) !== 0 || (cause & 0b0010_0000) !== 0) return 'paper_out'
  return (printer & 0b0000_1000) !== 0 ? 'offline' : null
}
