import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import type { ClockedShift } from '../../../protocol/screens.ts'
import { Button } from '../../ui/Button.tsx'
import { formatAge, formatTime } from '../../ui/format.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { peopleOf, type Person } from '../people.ts'
import { PinForm } from '../PinForm.tsx'
import { problemOf } from '../pin-problem.ts'
import styles from './ClockPanel.module.css'

interface Clocking {
  readonly person: Person
  readonly pin: string
  readonly shift: ClockedShift
}

/** A name, a PIN, and one button that says what it does: in, or out. Nobody is signed in by it. */
export function ClockPanel({
  catalog,
  onDone,
}: {
  readonly catalog: Catalog
  readonly onDone: () => void
}) {
  const { clock } = useActions()
  const [clocking, setClocking] = useState<Clocking | null>(null)
  const [isBusy, setBusy] = useState(false)

  const press = async ({ person, pin, shift }: Clocking) => {
    setBusy(true)
    const answer = await clock(person.staffId, pin, shift.since === null ? 'in' : 'out')
    setBusy(false)
    if (answer.ok) setClocking({ person, pin, shift: answer.value })
  }

  if (clocking === null) {
    return (
      <>
        <PinForm
          key="clock"
          question={say('front.clockWho')}
          people={peopleOf(catalog, (role) => role !== 'service')}
          onPin={async (person, pin) => {
            const answer = await clock(person.staffId, pin, 'look')
            if (answer.ok) setClocking({ person, pin, shift: answer.value })
            return problemOf(answer)
          }}
        />
        <Button onPress={onDone}>{say('common.back')}</Button>
      </>
    )
  }
  const { person, shift } = clocking
  const { name } = person
  return (
    <div className={styles['panel']}>
      <p className={styles['state']} role="status">
        {shift.since === null
          ? say('front.notAtWork', { name })
          : say('front.atWorkSince', { name, time: formatTime(Date.parse(shift.since)) })}
      </p>
      <p>{say('front.workedToday', { time: formatAge(shift.workedMs) })}</p>
      <div className={styles['buttons']}>
        <Button isLarge isDisabled={isBusy} onPress={onDone}>
          {say('common.back')}
        </Button>
        <Button
          kind="accent"
          isLarge
          isDisabled={isBusy}
          className={styles['clock']}
          onPress={() => void press(clocking)}
        >
          {shift.since === null ? say('front.clockIn') : say('front.clockOut')}
        </Button>
      </div>
    </div>
  )
}
