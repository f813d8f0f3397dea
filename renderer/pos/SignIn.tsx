import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { mayApprove } from '../../domain/approvals.ts'
import { Button } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { settingsOf } from '../ui/settings.ts'
import { LanguageChoice } from '../words/LanguageChoice.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { ClockPanel } from './clock/ClockPanel.tsx'
import { peopleOf } from './people.ts'
import { problemOf } from './pin-problem.ts'
import { PinForm } from './PinForm.tsx'
import styles from './SignIn.module.css'

/** In front of the till: a name, and its PIN, which signs in with its last digit. */
export function SignIn({ catalog }: { readonly catalog: Catalog }) {
  const { signIn, freeSignIn } = useActions()
  const deviceName = useLive((live) => live.device?.deviceName)
  /** Whose wait a manager is about to lift: a person's, or that of all (null). */
  const [lifting, setLifting] = useState<{ readonly of: string | null } | null>(null)
  const [isClocking, setClocking] = useState(false)
  const liftedName =
    lifting === null || lifting.of === null ? null : catalog.staff.get(lifting.of)?.name
  return (
    <main className={styles['page']}>
      <section className={styles['card']} aria-label={say('signIn.title')}>
        <header className={styles['head']}>
          <div className={styles['where']}>
            <h1 className={styles['store']}>{settingsOf(catalog)?.name ?? 'AuraConnect'}</h1>
            <p className={styles['device']}>{deviceName ?? ''}</p>
          </div>
          <LanguageChoice />
        </header>
        {isClocking ? (
          <ClockPanel catalog={catalog} onDone={() => setClocking(false)} />
        ) : lifting === null ? (
          <>
            <PinForm
              key="sign-in"
              question={say('signIn.who')}
              people={peopleOf(catalog, (role) => role !== 'service')}
              onPin={async ({ staffId }, pin) => problemOf(await signIn(staffId, pin))}
              onLocked={({ staffId }) => (
                <Button onPress={() => setLifting({ of: staffId })}>
                  {say('signIn.managerLifts')}
                </Button>
              )}
            />
            <Button onPress={() => setClocking(true)}>{say('front.clockInOut')}</Button>
          </>
        ) : (
          <>
            <PinForm
              key="lift"
              question={
                liftedName == null
                  ? say('signIn.whichManagerAll')
                  : say('signIn.whichManager', { name: liftedName })
              }
              people={peopleOf(catalog, mayApprove).filter(({ staffId }) => staffId !== lifting.of)}
              onPin={async ({ staffId }, pin) => {
                const answer = await freeSignIn(lifting.of, staffId, pin)
                if (answer.ok) setLifting(null)
                return problemOf(answer)
              }}
            />
            <Button onPress={() => setLifting(null)}>{say('common.back')}</Button>
          </>
        )}
      </section>
    </main>
  )
}
