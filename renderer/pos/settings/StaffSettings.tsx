import { useState } from 'react'
import type { Catalog, RecordValue, Role } from '../../../domain/catalog.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { newId } from '../../ui/new-id.ts'
import { SelectInput } from '../../ui/SelectInput.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { problemOf } from '../pin-problem.ts'
import settings from './Settings.module.css'
import styles from './StaffSettings.module.css'

const ROLES = ['cashier', 'kitchen', 'manager', 'admin'] as const satisfies readonly Role[]
type PersonsRole = (typeof ROLES)[number]

const PIN = /^\d{4,8}$/

interface Chosen {
  readonly staffId: string
  /** Null: somebody new. */
  readonly held: RecordValue<'staff'> | null
}

/** Who works here: by name, and beside it the one who is being changed. */
export function StaffSettings({ catalog }: { readonly catalog: Catalog }) {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const people = [...catalog.staff]
    .filter(([, { role }]) => role !== 'service')
    .toSorted(([, a], [, b]) => a.name.localeCompare(b.name))
  return (
    <div className={styles['staff']}>
      <div role="group" aria-label={say('front.section_staff')} className={styles['people']}>
        {people.map(([staffId, held]) => (
          <Toggle
            key={staffId}
            className={styles['person']}
            isSelected={staffId === chosen?.staffId}
            onChange={() => setChosen({ staffId, held })}
          >
            <span>{held.name}</span>
            <small>
              {held.pinHash === null ? say('front.signsInNoMore') : say(`trade.role_${held.role}`)}
            </small>
          </Toggle>
        ))}
        <Button onPress={() => setChosen({ staffId: newId(), held: null })}>
          {say('front.addPerson')}
        </Button>
      </div>
      {chosen !== null && <PersonForm key={chosen.staffId} {...chosen} />}
    </div>
  )
}

/** Every change takes the PIN of whoever makes it: a till may have been left signed in. */
function PersonForm({ staffId, held }: Chosen) {
  const { setStaff } = useActions()
  const [name, setName] = useState(held?.name ?? '')
  const [role, setRole] = useState<PersonsRole>(
    ROLES.find((one) => one === held?.role) ?? 'cashier',
  )
  const [newPin, setNewPin] = useState('')
  const [ownPin, setOwnPin] = useState('')
  const [news, setNews] = useState<{ readonly isBad: boolean; readonly text: string } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const bad = (text: string) => setNews({ isBad: true, text })

  const save = async (pin: string | null | undefined) => {
    if (name.trim() === '') return bad(say('front.missingPerson'))
    const isNewWithout = held === null && pin === undefined
    if (isNewWithout || (typeof pin === 'string' && !PIN.test(pin)))
      return bad(say('front.pinRule'))
    if (!PIN.test(ownPin)) return bad(say('front.ownPinMissing'))
    setBusy(true)
    const wish = { staffId, name: name.trim(), role, ownPin }
    const answer = await setStaff({ ...wish, ...(pin !== undefined && { newPin: pin }) })
    setBusy(false)
    setOwnPin('')
    if (!answer.ok) return bad(problemOf(answer) ?? answer.message)
    setNewPin('')
    setNews({ isBad: false, text: say('front.saved') })
  }

  return (
    <section className={styles['form']} aria-label={held?.name ?? say('front.addPerson')}>
      <div className={settings['fields']}>
        <TextInput
          label={say('front.personName')}
          value={name}
          onChange={setName}
          maxLength={120}
          takesFocus={held === null}
        />
        <SelectInput
          label={say('front.personRole')}
          value={role}
          options={ROLES.map((value) => ({ value, label: say(`trade.role_${value}`) }))}
          onChange={(value) => setRole(ROLES.find((one) => one === value) ?? 'cashier')}
        />
        <TextInput
          label={say(held === null ? 'front.pinOfNew' : 'front.changedPin')}
          type="password"
          value={newPin}
          onChange={setNewPin}
          maxLength={8}
        />
        <TextInput
          label={say('front.ownPin')}
          type="password"
          value={ownPin}
          onChange={setOwnPin}
          maxLength={8}
        />
      </div>
      <div className={settings['foot']}>
        <Button
          kind="accent"
          isLarge
          isDisabled={isBusy}
          onPress={() => void save(newPin === '' ? undefined : newPin)}
        >
          {say('front.save')}
        </Button>
        {held !== null && held.pinHash !== null && (
          <Button kind="danger" isLarge isDisabled={isBusy} onPress={() => void save(null)}>
            {say('front.noMoreSignIn')}
          </Button>
        )}
        <p
          className={settings['news']}
          data-bad={news?.isBad}
          role={news?.isBad === true ? 'alert' : 'status'}
        >
          {news?.text}
        </p>
      </div>
    </section>
  )
}
