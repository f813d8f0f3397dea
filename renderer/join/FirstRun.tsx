import { useState } from 'react'
import type { TerminalMessage } from '../../protocol/screens.ts'
import { Toggle } from '../ui/Button.tsx'
import type { Client } from '../ui/client.ts'
import styles from './FirstRun.module.css'
import type { JoinForm } from './join-form.ts'
import { JoinStore } from './JoinStore.tsx'
import { NewStore } from './NewStore.tsx'
import { LanguageChoice } from '../words/LanguageChoice.tsx'
import { say } from '../words/say.ts'

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
        <LanguageChoice />
        {canOpen && (
          <div className={styles['ways']} role="group" aria-label={say('front.ways')}>
            <Toggle isSelected={way === 'new'} onChange={() => setWay('new')}>
              {say('front.newStore')}
            </Toggle>
            <Toggle
              isSelected={way === 'join'}
              onChange={() => setWay('join')}
              label={say('front.joinStore')}
            >
              {say('front.joinStore')}
              {found > 0 && (
                <span className={styles['found']}>{say('front.foundDevices', { n: found })}</span>
              )}
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
