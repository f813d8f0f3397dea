import type { Catalog } from '../../../domain/catalog.ts'
import type { LineView } from '../../../domain/order-view.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { useCurrentOrder } from '../current-order.ts'
import styles from './LinePlace.module.css'
import { seatsAt } from './next-course.ts'
import { CourseChips, SeatChips } from './PlaceChips.tsx'

interface LinePlaceProps {
  readonly catalog: Catalog
  readonly line: LineView
}

/** Whose the line is and when it comes. It counts at once; what was sent keeps its course. */
export function LinePlace({ catalog, line }: LinePlaceProps) {
  const { placeLine } = useActions()
  const order = useCurrentOrder()
  if (order === null || order.channel !== 'dine_in') return null
  const seats = [...catalog.dining_table.values()].find(
    ({ number }) => number === order.table,
  )?.seats
  return (
    <section className={styles['place']} aria-label={say('floor.placeOfLine')}>
      <SeatChips
        seats={seatsAt(seats ?? null, order.lines)}
        seat={line.seat}
        onChoose={(seat) => placeLine(line.id, { seat })}
      />
      {!line.fired && catalog.course.size > 0 && (
        <CourseChips
          catalog={catalog}
          course={line.course}
          onChoose={(course) => placeLine(line.id, { course })}
        />
      )}
    </section>
  )
}
