import type { ReactNode } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import type { LineView, ShownOrder } from '../../../domain/order-view.ts'
import { Button } from '../../ui/Button.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { isOpen } from '../open-orders.ts'
import { useTill } from '../store.ts'
import { courseName } from '../../ui/course-names.ts'
import { byCourse } from './next-course.ts'
import styles from './UnsentCourses.module.css'

interface UnsentCoursesProps {
  readonly order: ShownOrder
  readonly catalog: Catalog
  readonly lines: readonly LineView[]
  readonly show: (lines: readonly LineView[]) => ReactNode
}

/** What is not sent, course by course, each with its word: hold it, or fire it. */
export function UnsentCourses({ order, catalog, lines, show }: UnsentCoursesProps) {
  const { holdCourse, fireCourse } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  return byCourse(lines).map(({ course, lines: own, isHeld }) => {
    if (course === null) return <div key="none">{show(own)}</div>
    const name = courseName(catalog, course)
    const isEmpty = own.every(({ voided }) => voided)
    return (
      <section key={course} aria-label={name}>
        <header className={styles['head']} data-held={isHeld}>
          <h3 className={styles['name']}>
            {name}
            {isHeld && <span className={styles['held']}>{say('floor.held')}</span>}
          </h3>
          {isOpen(order) && !isEmpty && (
            <Button
              className={styles['word']}
              kind={isHeld ? 'accent' : 'plain'}
              isDisabled={isBusy}
              label={
                isHeld ? say('floor.fire', { course: name }) : say('floor.hold', { course: name })
              }
              onPress={() => void (isHeld ? fireCourse(course, name) : holdCourse(course))}
            >
              {isHeld ? say('floor.fireIt') : say('floor.holdIt')}
            </Button>
          )}
        </header>
        {show(own)}
      </section>
    )
  })
}
