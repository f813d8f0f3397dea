import { useEffect, useEffectEvent, useState } from 'react'
import type { SignInLock } from '../../protocol/screens.ts'
import { Toggle } from '../ui/Button.tsx'
import { Keypad, keyOf, type Key } from '../ui/Keypad.tsx'
import { useLive } from '../ui/live-store.ts'
import { useTerminalNow } from '../ui/use-now.ts'
import { say } from '../words/say.ts'
import { formatWait, waitOf, type Person } from './people.ts'
import { typePin } from './pin.ts'
import styles from './PinForm.module.css'

interface PinFormProps {
  /** The question over the names. */
  readonly question: string
  readonly people: readonly Person[]
  /** What was wrong; null: it was right. */
  readonly onPin: (person: Person, pin: string) => Promise<string | null>
  /** What helps somebody who has to wait. */
  readonly onLocked?: (lock: SignInLock) => React.ReactNode
}

const NO_LOCKS: readonly SignInLock[] = []

/** A name and its PIN: whose try it is, is known before it is wrong. The keyboard types too. */
export function PinForm({ question, people, onPin, onLocked }: PinFormProps) {
  const locks = useLive((live) => live.status?.signInLocks ?? NO_LOCKS)
  const [chosenId, setChosenId] = useState<string | null>(
    people.length === 1 ? (people[0]?.staffId ?? null) : null,
  )
  const [pin, setPin] = useState('')
  const [message, setMessage] = useState<string | null>(null)
  const chosen = people.find(({ staffId }) => staffId === chosenId) ?? null
  const digits = chosen?.pinDigits ?? 0
  const lock = chosen && waitOf(chosen, locks)
  const isAsking = digits > 0 && pin.length === digits

  const choose = (staffId: string) => {
    setChosenId(staffId)
    setPin('')
    setMessage(null)
  }
  const type = (key: Key) => {
    if (isAsking || chosen === null || lock !== null) return
    const typed = typePin(pin, key, digits)
    setPin(typed)
    if (typed.length < digits) return
    void onPin(chosen, typed).then((problem) => {
      setPin('')
      setMessage(problem)
    })
  }
  const onStroke = useEffectEvent((event: KeyboardEvent) => {
    const key = keyOf(event.key)
    if (key !== null && !event.ctrlKey && !event.metaKey) type(key)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onStroke(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])

  return (
    <div className={styles['form']}>
      <div className={styles['who']}>
        <h2 className={styles['question']}>{question}</h2>
        <div role="group" aria-label={question} className={styles['people']}>
          {people.map((person) => (
            <Toggle
              key={person.staffId}
              className={styles['person']}
              isSelected={person.staffId === chosenId}
              onChange={() => choose(person.staffId)}
            >
              <span className={styles['name']}>{person.name}</span>
              <span className={styles['role']}>{say(`trade.role_${person.role}`)}</span>
            </Toggle>
          ))}
        </div>
      </div>
      <div className={styles['pin']}>
        <p className={styles['prompt']}>
          {chosen === null ? say('signIn.chooseName') : say('signIn.pinOf', { name: chosen.name })}
        </p>
        <p
          className={styles['dots']}
          role="img"
          aria-label={say('signIn.digits', { typed: pin.length, all: digits || 4 })}
        >
          {Array.from({ length: digits || 4 }, (_, place) => (
            <span key={place} className={styles['dot']} data-filled={place < pin.length} />
          ))}
        </p>
        <div className={styles['message']} role="alert">
          {lock === null ? message : <Locked lock={lock} />}
        </div>
        <div className={styles['pad']}>
          <Keypad
            label={say('signIn.pin')}
            hasDoubleZero={false}
            isDisabled={isAsking || chosen === null || lock !== null}
            onKey={type}
          />
        </div>
        {lock !== null && onLocked?.(lock)}
      </div>
    </div>
  )
}

function Locked({ lock }: { readonly lock: SignInLock }) {
  const nowMs = useTerminalNow()
  const wait = formatWait(lock.untilMs, nowMs)
  return lock.staffId === null
    ? say('signIn.tooManyHere', { wait })
    : say('signIn.tooMany', { wait })
}
