import type { Catalog } from '../../domain/catalog.ts'
import { TicketCard } from './TicketCard.tsx'
import type { KitchenTicket } from './tickets.ts'
import styles from './TicketBoard.module.css'
import type { Board } from './use-board.ts'

interface TicketBoardProps {
  readonly board: Board
  readonly tickets: readonly KitchenTicket[]
  readonly catalog: Catalog
}

/** All tickets, the oldest at the top left, down the columns and on to the right. */
export function TicketBoard({ board, tickets, catalog }: TicketBoardProps) {
  const placeById = new Map(board.shown.map(({ ticket }, place) => [ticket.id, place]))
  return (
    <div ref={board.setArea} className={styles['area']} role="group" aria-label="Tickets">
      <div
        className={styles['flow']}
        style={{ columnCount: board.columns, transform: `translateX(-${board.offset}px)` }}
      >
        {tickets.map((entry) => (
          <TicketCard
            key={entry.ticket.id}
            entry={entry}
            catalog={catalog}
            place={placeById.get(entry.ticket.id) ?? null}
          />
        ))}
      </div>
    </div>
  )
}
