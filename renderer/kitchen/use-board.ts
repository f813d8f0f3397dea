import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react'
import { useLive } from '../ui/live-store.ts'
import { useActions } from './actions-context.ts'
import { clampPage, columnsFor, pageOfOffset, scrollOfPage } from './paging.ts'
import { showPage, useKitchen } from './store.ts'
import { ticketsToSee, type KitchenTicket } from './tickets.ts'

/** The narrowest column in which a ticket reads well from two metres, and the space between two. */
const MIN_COLUMN_PX = 300
const GAP_PX = 12

export interface Board {
  readonly area: RefObject<HTMLDivElement | null>
  readonly columns: number
  readonly page: number
  readonly pageCount: number
  /** The tickets on the page in front, in order: what the number keys mean. */
  readonly shown: readonly KitchenTicket[]
}

interface Layout {
  readonly width: number
  readonly pageByTicket: ReadonlyMap<string, number>
}

/**
 * The browser flows the cards into columns; this reads where each came to stand, turns that into
 * pages, and acknowledges the tickets which a person can now read.
 */
export function useBoard(tickets: readonly KitchenTicket[]): Board {
  const area = useRef<HTMLDivElement>(null)
  const [layout, setLayout] = useState<Layout>({ width: 0, pageByTicket: new Map() })
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
  useLayoutEffect(() => {
    area.current?.scrollTo({ left: scrollOfPage(page, { width: layout.width, gap: GAP_PX }) })
  }, [page, layout])
  useEffect(() => {
    if (page !== wantedPage) showPage(page)
  }, [page, wantedPage])
  useAcknowledge(shown)

  const columns = columnsFor(layout.width, MIN_COLUMN_PX, GAP_PX)
  return { area, columns, page, pageCount, shown }
}

function readLayout(area: HTMLElement): Layout {
  const flow = { width: area.clientWidth, gap: GAP_PX }
  const cards = area.querySelectorAll<HTMLElement>('[data-ticket]')
  return {
    width: flow.width,
    pageByTicket: new Map(
      [...cards].map((card) => [card.dataset['ticket'] ?? '', pageOfOffset(card.offsetLeft, flow)]),
    ),
  }
}

function isSameLayout(a: Layout, b: Layout): boolean {
  if (a.width !== b.width || a.pageByTicket.size !== b.pageByTicket.size) return false
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
