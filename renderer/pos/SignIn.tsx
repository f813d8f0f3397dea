import { useEffect, useEffectEvent, useState } from 'react'
import type { Answer } from '../ui/client.ts'
import { Keypad, keyOf, type Key } from '../ui/Keypad.tsx'
import { countOf } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { settingsOf } from '../ui/settings.ts'
import { useActions } from './actions-context.ts'
import { PIN_LENGTH, typePin } from './pin.ts'
import styles from './SignIn.module.css'

/** The pad in front of the till. Four digits sign in by themselves; the keyboard types too. */
export function SignIn() {
  const { signIn } = useActions()
  const deviceName = useLive((live) => live.device?.deviceName)
  const catalog = useLive((live) => live.catalog)
  const [pin, setPin] = useState('')
  const [message, setMessage] = useState<string | null>(null)
  const isAsking = pin.length === PIN_LENGTH

  const type = (key: Key) => {
    if (isAsking) return
    const typed = typePin(pin, key)
    setPin(typed)
    if (typed.length < PIN_LENGTH) return
    void signIn(typed).then((answer) => {
      setPin('')
      setMessage(problemOf(answer))
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
    <main className={styles['page']}>
      <section className={styles['card']} aria-label="Sign in">
        <h1 className={styles['store']}>
          {(catalog && settingsOf(catalog)?.name) ?? 'AuraConnect'}
        </h1>
        <p className={styles['device']}>{deviceName ?? ''}</p>
        <p className={styles['dots']} role="img" aria-label={`${pin.length} of 4 digits`}>
          {Array.from({ length: PIN_LENGTH }, (_, place) => (
            <span key={place} className={styles['dot']} data-filled={place < pin.length} />
          ))}
        </p>
        <p className={styles['message']} role="alert">
          {message}
        </p>
        <Keypad label="PIN" hasDoubleZero={false} isDisabled={isAsking} onKey={type} />
      </section>
    </main>
  )
}

function problemOf(answer: Answer<unknown>): string | null {
  if (answer.ok) return null
  if (answer.error.code !== 'wrong_pin') return answer.message
  return `Wrong PIN. ${countOf(answer.error.triesLeft, 'try', 'tries')} left.`
}
