import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useState } from 'react'
import {
  clampPage,
  columnsFor,
  flow,
  pageCountOf,
  piecesOnPage,
  type Measure,
  type Piece,
} from './flow.ts'
import { showPage, useKitchen } from './store.ts'

/** The narrowest column in which a card reads well, in the page's letter size. */
const MIN_COLUMN_REM = 18.75
/** The strip that says that a card goes on, as in the style sheet. */
const MORE_REM = 2.25
const GAP_PX = 12

export interface CardItem {
  readonly id: string
  /** Another text whenever the card may be of another height. */
  readonly look: string
}

export interface CardFlow<Item extends CardItem> {
  readonly setArea: (area: HTMLDivElement | null) => void
  readonly setBench: (bench: HTMLDivElement | null) => void
  readonly columnWidth: number
  /** Of which nobody knows yet how high they are: they are built unseen first. */
  readonly toMeasure: readonly Item[]
  readonly pieces: readonly (Piece & { readonly item: Item; readonly left: number })[]
  readonly page: number
  readonly pageCount: number
  /** On the page in front, in order: what the number keys mean. */
  readonly shown: readonly Item[]
  readonly hidden: readonly Item[]
}

interface Area {
  readonly width: number
  readonly height: number
  readonly remPx: number
}

interface Measured {
  readonly look: string
  readonly width: number
  readonly measure: Measure
}

/**
 * Puts cards onto pages. A card that is new, or has changed, is built once where nobody sees it, to
 * know how high it is; then only the cards of the page in front are there at all. A card that has not
 * changed is neither built nor measured again.
 */
export function useCardFlow<Item extends CardItem>(items: readonly Item[]): CardFlow<Item> {
  const [area, setArea] = useState<HTMLDivElement | null>(null)
  const [bench, setBench] = useState<HTMLDivElement | null>(null)
  const [size, setSize] = useState<Area>({ width: 0, height: 0, remPx: 16 })
  const [measured, setMeasured] = useState<ReadonlyMap<string, Measured>>(new Map())
  const wantedPage = useKitchen((kitchen) => kitchen.page)

  const columns = columnsFor(size.width, MIN_COLUMN_REM * size.remPx, GAP_PX)
  const columnWidth = Math.floor((size.width - (columns - 1) * GAP_PX) / columns)
  const toMeasure = useMemo(() => {
    if (size.width === 0) return []
    return items.filter(({ id, look }) => {
      const known = measured.get(id)
      return known?.look !== look || known.width !== columnWidth
    })
  }, [items, measured, columnWidth, size.width])

  const measureSize = () => {
    if (area === null) return
    const remPx = parseFloat(getComputedStyle(document.documentElement).fontSize)
    const next = { width: area.clientWidth, height: area.clientHeight, remPx }
    setSize((before) => (isSameArea(before, next) ? before : next))
  }
  const onResize = useEffectEvent(measureSize)
  useLayoutEffect(() => {
    if (area === null) return
    // It tells the first size as well, before anything is painted.
    const observer = new ResizeObserver(() => onResize())
    observer.observe(area)
    return () => observer.disconnect()
  }, [area])

  useLayoutEffect(() => {
    if (bench === null || toMeasure.length === 0) return
    const heights = readHeights(bench)
    // Before the browser paints: nobody sees a page on which a card is missing.
    // oxlint-disable-next-line react/set-state-in-effect
    setMeasured((before) => {
      const next = new Map<string, Measured>()
      const fresh = new Map(toMeasure.map((item) => [item.id, item]))
      for (const { id } of items) {
        const item = fresh.get(id)
        const measure = heights.get(id)
        const known = before.get(id)
        if (item !== undefined && measure !== undefined) {
          next.set(id, { look: item.look, width: columnWidth, measure })
        } else if (known !== undefined) next.set(id, known)
      }
      return next
    })
  }, [bench, toMeasure, items, columnWidth])

  const placed = useMemo(() => {
    const cards = items.flatMap((item) => {
      const measure = measured.get(item.id)?.measure
      return measure === undefined ? [] : [{ id: item.id, measure }]
    })
    return flow(cards, { height: size.height, gap: GAP_PX, more: MORE_REM * size.remPx })
  }, [items, measured, size])
  const pageCount = pageCountOf(placed, columns)
  const page = clampPage(wantedPage, pageCount)
  useEffect(() => {
    if (page !== wantedPage && items.length > 0) showPage(page)
  }, [page, wantedPage, items.length])

  return useMemo(() => {
    const itemsById = new Map(items.map((item) => [item.id, item]))
    const pieces = piecesOnPage(placed, columns, page).flatMap((piece) => {
      const item = itemsById.get(piece.id)
      const left = (piece.column % columns) * (columnWidth + GAP_PX)
      return item === undefined ? [] : [{ ...piece, item, left }]
    })
    const onPage = new Set(pieces.map(({ id }) => id))
    return {
      setArea,
      setBench,
      columnWidth,
      toMeasure,
      pieces,
      page,
      pageCount,
      shown: items.filter(({ id }) => onPage.has(id)),
      hidden: items.filter(({ id }) => !onPage.has(id)),
    }
  }, [items, placed, columns, columnWidth, page, pageCount, toMeasure])
}

const isSameArea = (a: Area, b: Area): boolean =>
  a.width === b.width && a.height === b.height && a.remPx === b.remPx

/** All of them are read in one go: the browser lays the unseen cards out once. */
function readHeights(bench: HTMLElement): Map<string, Measure> {
  return new Map(
    [...bench.querySelectorAll<HTMLElement>('[data-card]')].map((card) => {
      const lines = [...card.querySelectorAll<HTMLElement>('[data-row]')].map(heightOf)
      const foot = [...card.querySelectorAll<HTMLElement>('[data-foot]')].map(heightOf)
      const ofFoot = foot.reduce((all, one) => all + one, 0)
      const ofLines = lines.reduce((all, one) => all + one, 0)
      const head = heightOf(card) - ofLines - ofFoot
      return [card.dataset['card'] ?? '', { head, lines, foot: ofFoot }]
    }),
  )
}

const heightOf = (element: HTMLElement): number => element.getBoundingClientRect().height
