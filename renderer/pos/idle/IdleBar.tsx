import { useEffect, useEffectEvent, useRef } from 'react'
import { tillRules } from '../../../domain/approvals.ts'
import type { Catalog } from '../../../domain/catalog.ts'
import { useFromNow } from '../../ui/use-now.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import styles from './IdleBar.module.css'
import { secondsLeft } from './idle.ts'

/** A hand, a key, a scanner that types: somebody is here. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const

/** Who hears the screen instead of seeing it is not told each second. */
const TOLD_EVERY_S = 5

/**
 * Signs out whoever has left a till that others use too. The order in hand stays on the screen for the
 * same person, and in the list for everybody.
 */
export function IdleBar({ catalog }: { readonly catalog: Catalog }) {
  const { signOutIdle } = useActions()
  const { signOutAfterMinutes } = tillRules(catalog)
  const touchedMs = useRef<number | null>(null)
  useEffect(() => {
    touchedMs.current = Date.now()
    const note = () => {
      touchedMs.current = Date.now()
    }
    for (const sign of SIGNS) window.addEventListener(sign, note, { capture: true, passive: true })
    return () => {
      for (const sign of SIGNS) window.removeEventListener(sign, note, { capture: true })
    }
  }, [])
  const left = useFromNow(() =>
    touchedMs.current === null
      ? null
      : secondsLeft(signOutAfterMinutes, touchedMs.current, Date.now()),
  )
  const leave = useEffectEvent(() => signOutIdle())
  useEffect(() => {
    if (left === 0) void leave()
  }, [left])
  if (left === null) return null
  return (
    <p className={styles['bar']} role="alert">
      {say('till.idle', { n: Math.ceil(left / TOLD_EVERY_S) * TOLD_EVERY_S })}
    </p>
  )
}
