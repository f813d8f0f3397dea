import type { Catalog } from '../../../domain/catalog.ts'
import { namedCourses } from '../../../domain/courses.ts'
import { Toggle } from '../../ui/Button.tsx'
import { say } from '../../words/say.ts'
import styles from './PlaceChips.module.css'

interface CourseChipsProps {
  readonly catalog: Catalog
  readonly course: number | null
  readonly isDisabled?: boolean
  readonly onChoose: (course: number | null) => void
}

/** One tap chooses a course, another one on it takes it back. */
export function CourseChips({ catalog, course, isDisabled, onChoose }: CourseChipsProps) {
  return (
    <div className={styles['courses']} role="group" aria-label={say('floor.courses')}>
      {namedCourses(catalog).map(({ number, name }) => (
        <Toggle
          key={number}
          className={styles['chip']}
          isSelected={number === course}
          isDisabled={isDisabled ?? false}
          onChange={(isChosen) => onChoose(isChosen ? number : null)}
        >
          {name}
        </Toggle>
      ))}
    </div>
  )
}

interface SeatChipsProps {
  readonly seats: readonly number[]
  readonly seat: number | null
  readonly onChoose: (seat: number | null) => void
}

export function SeatChips({ seats, seat, onChoose }: SeatChipsProps) {
  return (
    <div className={styles['seats']} role="group" aria-label={say('floor.seatOf')}>
      <Toggle className={styles['chip']} isSelected={seat === null} onChange={() => onChoose(null)}>
        {say('floor.wholeTable')}
      </Toggle>
      {seats.map((number) => (
        <Toggle
          key={number}
          className={styles['chip']}
          isSelected={number === seat}
          label={say('floor.seat', { seat: number })}
          onChange={() => onChoose(number)}
        >
          {number}
        </Toggle>
      ))}
    </div>
  )
}
