import { useState, type SubmitEvent } from 'react'
import { Button } from 'react-aria-components'
import { OFFICE_REFUSALS } from '../../protocol/office/session.ts'
import buttons from '../ui/Button.module.css'
import { useClient } from './client-context.ts'
import type { Failure } from './client.ts'
import { Field } from './parts/Field.tsx'
import { signIn, useSession } from './session.ts'
import styles from './SignIn.module.css'

/** The door of the back office. After it one is where one was. */
export function SignIn() {
  const client = useClient()
  const isExpired = useSession(({ session }) => session.kind === 'out' && session.isExpired)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [message, setMessage] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    if (isAsking) return
    if (email.trim() === '' || password === '') {
      return setMessage('Enter your e-mail address and your password.')
    }
    setAsking(true)
    const failure = await signIn(client, { email: email.trim(), password })
    setAsking(false)
    if (failure === null) return
    setPassword('')
    setMessage(explain(failure))
    form.querySelector<HTMLInputElement>('[type=password]')?.focus()
  }

  return (
    <main className={styles['page']}>
      <form className={styles['card']} noValidate onSubmit={(event) => void submit(event)}>
        <h1 className={styles['title']}>Back office</h1>
        <p className={styles['about']}>
          {isExpired
            ? 'Your session has ended. Sign in again to go on where you were.'
            : 'AuraConnect'}
        </p>
        <Field
          label="E-mail"
          type="email"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={setEmail}
          maxLength={200}
        />
        <Field
          label="Password"
          type="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          maxLength={200}
        />
        <p role="alert" className={styles['message']}>
          {message}
        </p>
        <Button type="submit" className={`${buttons['button'] ?? ''} ${buttons['accent'] ?? ''}`}>
          {isAsking ? 'Signing in …' : 'Sign in'}
        </Button>
      </form>
    </main>
  )
}

function explain({ code, detail }: Failure): string {
  switch (code) {
    case OFFICE_REFUSALS.wrongSignIn:
      return 'E-mail or password is wrong. Check both, and whether Caps Lock is on. An administrator can set a new password.'
    default:
      return detail
  }
}
