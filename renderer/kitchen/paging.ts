/**
 * Cards flow down columns and on to the right; what does not fit lies beyond the right edge, and a
 * page is one width of the screen. Lengths in CSS pixels.
 */
export interface Flow {
  readonly width: number
  readonly gap: number
}

export const pageOfOffset = (left: number, { width, gap }: Flow): number =>
  width <= 0 ? 0 : Math.max(0, Math.floor((left + gap / 2) / (width + gap)))

export const offsetOfPage = (page: number, { width, gap }: Flow): number => page * (width + gap)

/** As many columns as keep a card readable from where the cook stands. */
export const columnsFor = (width: number, minColumn: number, gap: number): number =>
  Math.max(1, Math.floor((width + gap) / (minColumn + gap)))

/** The page to show when there are fewer than before. */
export const clampPage = (page: number, pageCount: number): number =>
  Math.max(0, Math.min(page, pageCount - 1))
