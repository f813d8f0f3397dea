import { useState } from 'react'
import type { TerminalMessage } from '../../protocol/screens.ts'
import { Toggle } from '../ui/Button.tsx'
import type { Client } from '../ui/client.ts'
import { FIRST_RUN_WORDS as words } from './first-run-words.ts'
import styles from './FirstRun.module.css'
import type { JoinForm } from './join-form.ts'
import { JoinStore } from './JoinStore.tsx'
import { NewStore } from './NewStore.tsx'

interface FirstRunProps {
  readonly joining: Extract<TerminalMessage, { type: 'joining' }>
  readonly client: Client
  /** What this page shows once the device belongs to a store. */
  readonly screen: JoinForm['role']
}

/** The first page of a new device: the first of a new store, or one more of a store that is there. */
export function FirstRun({ joining, client, screen }: FirstRunProps) {
  const [way, setWay] = useState<'new' | 'join'>('new')
  // A store is opened at a till: a kitchen screen has somebody to join.
  const canOpen = screen === 'terminal' && joining.role !== 'kitchen'
  const found = joining.members.length
  return (
    <main className={styles['page']}>
      <div className={styles['card']}>
        {canOpen && (
          <div className={styles['ways']} role="group" aria-label={words.ways}>
            <Toggle isSelected={way === 'new'} onChange={() => setWay('new')}>
              {words.newStore}
            </Toggle>
            <Toggle
              isSelected={way === 'join'}
              onChange={() => setWay('join')}
              label={words.joinStore}
            >
              {words.joinStore}
              {found > 0 && <span className={styles['found']}>{words.foundDevices(found)}</span>}
            </Toggle>
          </div>
        )}
        {canOpen && way === 'new' ? (
          <NewStore client={client} />
        ) : (
          <JoinStore joining={joining} client={client} screen={screen} />
        )}
      </div>
    </main>
  )
}
