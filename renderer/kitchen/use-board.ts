import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useLive } from '../ui/live-store.ts'
import { useActions } from './actions-context.ts'
import { clampPage, columnsFor, offsetOfPage, pageOfOffset } from './paging.ts'
import { showPage, useKitchen } from './store.ts'
import { ticketsToSee, type KitchenTicket } from './tickets.ts'

/** The narrowest column in which a ticket reads well, in the page's letter size. */
const MIN_COLUMN_REM = 18.75
/** The space between two columns, as in the style sheet. */
const GAP_PX = 12

export interface Board {
  readonly area: RefObject<HTMLDivElement | null>
  readonly columns: number
  readonly page: number
  /** How far the cards are moved to the left to show it, in CSS pixels. */
  readonly offset: number
  readonly pageCount: number
  /** The tickets on the page in front, in order: what the number keys mean. */
  readonly shown: readonly KitchenTicket[]
}

interface Layout {
  readonly width: number
  readonly columns: number
  readonly pageByTicket: ReadonlyMap<string, number>
}

/**
 * The browser flows the cards into columns; this reads where each came to stand, turns that into
 * pages, and acknowledges the tickets which a person can now read.
 */
export function useBoard(tickets: readonly KitchenTicket[]): Board {
  const area = useRef<HTMLDivElement>(null)
  const [layout, setLayout] = useState<Layout>({
    width: 0,
    columns: 1,
    pageByTicket: new Map(),
  })
  const wantedPage = useKitchen((kitchen) => kitchen.page)
  const pageCount = 1 + Math.max(0, ...layout.pageByTicket.values())
  const page = clampPage(wantedPage, pageCount)
  const shown = tickets.filter(({ ticket }) => layout.pageByTicket.get(ticket.id) === page)

  const measure = () => {
    if (area.current === null) return
    const next = readLayout(area.current)
    setLayout((before) => (isSameLayout(before, next) ? before : next))
  }
  // After each render: any change of a card may move the ones behind it.
  useLayoutEffect(measure)
  useEffect(() => {
    window.addEventListener('resize', measure)
    return () => window.removeEventListener('resize', measure)
  }, [])
  useEffect(() => {
    if (page !== wantedPage) showPage(page)
  }, [page, wantedPage])
  useAcknowledge(shown)

  const offset = offsetOfPage(page, { width: layout.width, gap: GAP_PX })
  return { area, columns: layout.columns, page, offset, pageCount, shown }
}

function readLayout(area: HTMLElement): Layout {
  const flow = { width: area.clientWidth, gap: GAP_PX }
  const remPx = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const cards = area.querySelectorAll<HTMLElement>('[data-ticket]')
  return {
    width: flow.width,
    columns: columnsFor(flow.width, MIN_COLUMN_REM * remPx, GAP_PX),
    pageByTicket: new Map(
      [...cards].map((card) => [card.dataset['ticket'] ?? '', pageOfOffset(card.offsetLeft, flow)]),
    ),
  }
}

function isSameLayout(a: Layout, b: Layout): boolean {
  if (a.width !== b.width || a.columns !== b.columns) return false
  if (a.pageByTicket.size !== b.pageByTicket.size) return false
  return [...a.pageByTicket].every(([id, page]) => b.pageByTicket.get(id) === page)
}

function useAcknowledge(shown: readonly KitchenTicket[]) {
  const { see } = useActions()
  const deviceId = useLive((live) => live.device?.deviceId)
  const isLinked = useLive((live) => live.isLinked)
  useEffect(() => {
    if (deviceId === undefined || !isLinked) return
    const acknowledge = () => {
      if (document.visibilityState !== 'visible') return
      for (const [orderId, ticketIds] of ticketsToSee(shown, deviceId)) {
        void see(orderId, ticketIds, deviceId)
      }
    }
    acknowledge()
    document.addEventListener('visibilitychange', acknowledge)
    return () => document.removeEventListener('visibilitychange', acknowledge)
  }, [shown, deviceId, isLinked, see])
}
