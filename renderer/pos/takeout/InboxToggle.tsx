import { useEffect, useRef } from 'react'
import { Toggle } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import styles from './Inbox.module.css'
import { ringInbox } from './inbox-sound.ts'
import { inboxOf } from './promises.ts'
import { say } from '../../words/say.ts'

interface InboxToggleProps {
  readonly isSelected: boolean
  readonly onChange: (isSelected: boolean) => void
}

/** A guest waits for an answer: it is heard once more while nobody gives one. */
const RING_EVERY_MS = 30_000

/** Not there while nothing waits, so that it means something when it is. */
export function InboxToggle({ isSelected, onChange }: InboxToggleProps) {
  const count = useLive((live) => inboxOf(live.ordersById.values()).length)
  const before = useRef(0)
  useEffect(() => {
    if (count > before.current) ringInbox()
    before.current = count
    if (count === 0) return undefined
    const timer = setInterval(ringInbox, RING_EVERY_MS)
    return () => clearInterval(timer)
  }, [count])
  if (count === 0 && !isSelected) return null
  return (
    <Toggle isSelected={isSelected} onChange={onChange}>
      {say('front.inbox')} <span className={styles['count']}>{count}</span>
    </Toggle>
  )
}
