import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import type { ShownOrder } from '../../../domain/order-view.ts'
import { Toggle } from '../../ui/Button.tsx'
import { say } from '../../words/say.ts'
import { isOpen } from '../open-orders.ts'
import { chooseCourse, chooseSeat, useTill } from '../store.ts'
import { seatsAt } from './next-course.ts'
import { CourseChips, SeatChips } from './PlaceChips.tsx'
import styles from './ServicePlace.module.css'

interface ServicePlaceProps {
  readonly order: ShownOrder | null
  readonly catalog: Catalog
}

/** Whose the next items are, and with which course they come. There where a table is served. */
export function ServicePlace({ order, catalog }: ServicePlaceProps) {
  const draft = useTill((till) => till.draft)
  const seat = useTill((till) => till.seat)
  const course = useTill((till) => till.course)
  const [isChoosing, setChoosing] = useState(false)
  const { channel, table } = order ?? draft
  if (channel !== 'dine_in' || table === null || (order !== null && !isOpen(order))) return null
  const seats = [...catalog.dining_table.values()].find(({ number }) => number === table)?.seats
  return (
    <div className={styles['place']}>
      <div className={styles['row']}>
        <Toggle
          className={styles['seat']}
          isSelected={isChoosing}
          onChange={setChoosing}
          label={say('floor.chooseSeat')}
        >
          {seat === null ? say('floor.wholeTable') : say('floor.seat', { seat })}
        </Toggle>
        <CourseChips catalog={catalog} course={course} onChoose={chooseCourse} />
      </div>
      {isChoosing && (
        <SeatChips
          seats={seatsAt(seats ?? null, order?.lines ?? [])}
          seat={seat}
          onChoose={(chosen) => {
            chooseSeat(chosen)
            setChoosing(false)
          }}
        />
      )}
    </div>
  )
}
