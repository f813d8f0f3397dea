import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react'
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
  readonly setArea: (area: HTMLDivElement | null) => void
  readonly columns: number
  readonly page: number
  /** How far the cards are moved to the left to show it, in CSS pixels. */
  readonly offset: number
  readonly pageCount: number
  /** The tickets on the page in front, in order: what the number keys mean. */
  readonly shown: readonly KitchenTicket[]
}

/** A long ticket flows on into the next columns, and so perhaps onto the next page. */
interface Pages {
  readonly first: number
  readonly last: number
}

interface Layout {
  readonly width: number
  readonly columns: number
  readonly pagesByTicket: ReadonlyMap<string, Pages>
}

/**
 * The browser flows the cards into columns; this reads where each came to stand, turns that into
 * pages, and acknowledges the tickets which a person can now read.
 */
export function useBoard(tickets: readonly KitchenTicket[]): Board {
  const [area, setArea] = useState<HTMLDivElement | null>(null)
  const [layout, setLayout] = useState<Layout>({
    width: 0,
    columns: 1,
    pagesByTicket: new Map(),
  })
  const wantedPage = useKitchen((kitchen) => kitchen.page)
  const pageCount = 1 + Math.max(0, ...[...layout.pagesByTicket.values()].map(({ last }) => last))
  const page = clampPage(wantedPage, pageCount)
  const shown = tickets.filter(({ ticket }) => {
    const pages = layout.pagesByTicket.get(ticket.id)
    return pages !== undefined && pages.first <= page && page <= pages.last
  })

  const measure = () => {
    if (area === null) return
    const next = readLayout(area)
    // Where the browser put the cards is known only after it did.
    // oxlint-disable-next-line react/set-state-in-effect
    setLayout((before) => (isSameLayout(before, next) ? before : next))
  }
  // After each render: any change of a card may move the ones behind it. And whenever the area
  // changes its size, with the window or with a warning that appears above it.
  useLayoutEffect(measure)
  const onResize = useEffectEvent(measure)
  useEffect(() => {
    if (area === null) return
    const observer = new ResizeObserver(() => onResize())
    observer.observe(area)
    return () => observer.disconnect()
  }, [area])
  useEffect(() => {
    if (page !== wantedPage) showPage(page)
  }, [page, wantedPage])
  useAcknowledge(shown)

  const offset = offsetOfPage(page, { width: layout.width, gap: GAP_PX })
  return { setArea, columns: layout.columns, page, offset, pageCount, shown }
}

function readLayout(area: HTMLElement): Layout {
  const flow = { width: area.clientWidth, gap: GAP_PX }
  const remPx = parseFloat(getComputedStyle(document.documentElement).fontSize)
  const cards = [...area.querySelectorAll<HTMLElement>('[data-ticket]')]
  const origin = cards[0]?.getClientRects()[0]?.left ?? 0
  return {
    width: flow.width,
    columns: columnsFor(flow.width, MIN_COLUMN_REM * remPx, GAP_PX),
    pagesByTicket: new Map(
      cards.map((card) => {
        const pages = [...card.getClientRects()].map(({ left }) =>
          pageOfOffset(left - origin, flow),
        )
        const reach = { first: Math.min(...pages), last: Math.max(...pages) }
        return [card.dataset['ticket'] ?? '', reach]
      }),
    ),
  }
}

function isSameLayout(a: Layout, b: Layout): boolean {
  if (a.width !== b.width || a.columns !== b.columns) return false
  if (a.pagesByTicket.size !== b.pagesByTicket.size) return false
  return [...a.pagesByTicket].every(([id, pages]) => {
    const other = b.pagesByTicket.get(id)
    return other?.first === pages.first && other.last === pages.last
  })
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
