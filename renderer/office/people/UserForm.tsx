import { useState, type SubmitEvent } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { pathOf, USER_PATH, USERS_PATH } from '../../../protocol/office/paths.ts'
import { OFFICE_ROLES, type OfficeRole } from '../../../protocol/office/session.ts'
import { userWithPasswordOut, type UserOut } from '../../../protocol/office/users.ts'
import { Button } from '../../ui/Button.tsx'
import { useClient } from '../client-context.ts'
import { Choice, Ticks } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { FormMessage, SubmitButton, type FormState } from '../parts/FormMessage.tsx'
import { Section } from '../parts/Page.tsx'
import { OFFICE_ROLE_NAMES, ROLE_HINTS } from './roles.ts'
import styles from './People.module.css'

interface UserFormProps {
  /** Null: a new one. */
  readonly user: UserOut | null
  readonly stores: readonly StoreLine[]
  readonly onDone: () => void
  readonly onClose: () => void
}

export function UserForm({ user, stores, onDone, onClose }: UserFormProps) {
  const client = useClient()
  const [email, setEmail] = useState(user?.email ?? '')
  const [name, setName] = useState(user?.name ?? '')
  const [role, setRole] = useState<OfficeRole>(user?.role ?? 'manager')
  const [isAll, setAll] = useState(user === null || user.stores === 'all')
  const [own, setOwn] = useState<readonly string[]>(
    user === null || user.stores === 'all' ? [] : user.stores,
  )
  const [state, setState] = useState<FormState>(null)
  const [password, setPassword] = useState<string | null>(null)

  const send = async (body: object, done: string) => {
    const outcome = await client.call({
      method: user === null ? 'POST' : 'PUT',
      path: user === null ? USERS_PATH : pathOf(USER_PATH, { user_id: user.id }),
      body,
      schema: userWithPasswordOut,
    })
    if (!outcome.ok) {
      const { detail, errors } = outcome.failure
      return setState({ tone: 'bad', text: [detail, ...errors.map((e) => e.message)].join(' ') })
    }
    setPassword(outcome.value.password)
    setState({ tone: 'good', text: done })
    onDone()
  }
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (name.trim() === '' || (user === null && email.trim() === '')) {
      return setState({ tone: 'bad', text: 'A name and an e-mail address are needed.' })
    }
    const given = { name: name.trim(), role, stores: isAll ? 'all' : own }
    void send(
      user === null ? { ...given, email: email.trim() } : given,
      user === null ? `${given.name} can sign in now.` : 'Saved.',
    )
  }
  return (
    <Section title={user?.name ?? 'New user'} tools={<Button onPress={onClose}>Close</Button>}>
      <form className={styles['form']} noValidate onSubmit={submit}>
        <Field
          label="E-mail"
          type="email"
          value={email}
          isDisabled={user !== null}
          onChange={setEmail}
          maxLength={200}
        />
        <Field label="Name" value={name} onChange={setName} maxLength={120} />
        <Choice
          label="Role"
          value={role}
          options={OFFICE_ROLES.map((one) => ({
            value: one,
            label: OFFICE_ROLE_NAMES[one],
          }))}
          hint={ROLE_HINTS[role]}
          onChange={(chosen) => setRole(chosen as OfficeRole)}
        />
        <Choice
          label="Stores"
          value={isAll ? 'all' : 'some'}
          options={[
            { value: 'all', label: 'All, also those still to come' },
            { value: 'some', label: 'Only these' },
          ]}
          onChange={(chosen) => setAll(chosen === 'all')}
        />
        {!isAll && (
          <Ticks
            label="Which"
            options={stores.map(({ store_id, name: label }) => ({ value: store_id, label }))}
            values={own}
            onChange={setOwn}
          />
        )}
        <FormMessage state={state} />
        {password !== null && (
          <p className={styles['password']}>
            The password, shown this once. Pass it on, and have it changed at the first sign-in:
            <code>{password}</code>
          </p>
        )}
        <div className={styles['buttons']}>
          <SubmitButton>{user === null ? 'Make the user' : 'Save'}</SubmitButton>
          {user !== null && (
            <>
              <Button onPress={() => void send({ password: true }, 'A new password was made.')}>
                New password
              </Button>
              <Button
                kind={user.disabled ? 'plain' : 'danger'}
                onPress={() =>
                  void send(
                    { disabled: !user.disabled },
                    user.disabled ? 'May sign in again.' : 'Disabled: every session has ended.',
                  )
                }
              >
                {user.disabled ? 'Enable' : 'Disable'}
              </Button>
            </>
          )}
        </div>
      </form>
    </Section>
  )
}
