import { useState, type SubmitEvent } from 'react'
import { z } from 'zod'
import { PASSWORD_PATH } from '../../../protocol/office/paths.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from '../../../protocol/office/session.ts'
import { useClient } from '../client-context.ts'
import { Field } from '../parts/Field.tsx'
import { FormMessage, SubmitButton, type FormState } from '../parts/FormMessage.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { useUser } from '../session.ts'
import styles from './People.module.css'

/** One's own account: who one is here, and a new password. */
export function AccountPage() {
  const client = useClient()
  const user = useUser()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [state, setState] = useState<FormState>(null)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    if (next.length < MIN_PASSWORD) {
      return setState({
        tone: 'bad',
        text: `A password has at least ${String(MIN_PASSWORD)} characters.`,
      })
    }
    if (next !== again) return setState({ tone: 'bad', text: 'The two new passwords differ.' })
    const outcome = await client.call({
      method: 'PUT',
      path: PASSWORD_PATH,
      body: { current_password: current, new_password: next },
      schema: z.unknown(),
    })
    if (!outcome.ok) return setState({ tone: 'bad', text: outcome.failure.detail })
    setCurrent('')
    setNext('')
    setAgain('')
    setState({
      tone: 'good',
      text: 'Your password is changed. Other sessions of yours have ended.',
    })
  }
  const shared = { type: 'password', maxLength: MAX_PASSWORD } as const
  return (
    <Page title="Your account" about={`${user.name} · ${user.email}`}>
      <Section title="New password">
        <form className={styles['form']} noValidate onSubmit={(event) => void submit(event)}>
          <Field
            {...shared}
            label="Current password"
            autoComplete="current-password"
            value={current}
            onChange={setCurrent}
          />
          <Field
            {...shared}
            label="New password"
            autoComplete="new-password"
            hint={`At least ${String(MIN_PASSWORD)} characters. A few words that do not belong together are good.`}
            value={next}
            onChange={setNext}
          />
          <Field
            {...shared}
            label="New password again"
            autoComplete="new-password"
            value={again}
            onChange={setAgain}
          />
          <FormMessage state={state} />
          <SubmitButton>Change the password</SubmitButton>
        </form>
      </Section>
    </Page>
  )
}
