import type { ReactNode } from 'react'
import styles from './CardPages.module.css'
import type { CardFlow, CardItem } from './use-card-flow.ts'

/** What part of a card is to be shown. */
export interface CardPart {
  readonly from: number
  readonly to: number
  readonly isFirst: boolean
  readonly isLast: boolean
  /** It is only built to be measured: nobody touches it. */
  readonly isBench: boolean
}

const WHOLE: CardPart = { from: 0, to: Infinity, isFirst: true, isLast: true, isBench: true }

interface CardPagesProps<Item extends CardItem> {
  readonly label: string
  readonly cards: CardFlow<Item>
  readonly card: (item: Item, part: CardPart, place: number | null) => ReactNode
}

/** The page in front, the first card at the top, down the columns and on along the line. */
export function CardPages<Item extends CardItem>({ label, cards, card }: CardPagesProps<Item>) {
  const placeById = new Map(cards.shown.map(({ id }, place) => [id, place]))
  return (
    <div ref={cards.setArea} className={styles['area']} role="group" aria-label={label}>
      {cards.pieces.map(({ item, left, top, from, to, isFirst, isLast }) => (
        <div
          key={`${item.id}/${from}`}
          className={styles['place']}
          style={{ insetInlineStart: left, top, width: cards.columnWidth }}
        >
          {card(
            item,
            { from, to, isFirst, isLast, isBench: false },
            placeById.get(item.id) ?? null,
          )}
        </div>
      ))}
      <div
        ref={cards.setBench}
        className={styles['bench']}
        style={{ width: cards.columnWidth }}
        aria-hidden="true"
        inert
      >
        {cards.toMeasure.map((item) => (
          <div key={item.id}>{card(item, WHOLE, null)}</div>
        ))}
      </div>
    </div>
  )
}
