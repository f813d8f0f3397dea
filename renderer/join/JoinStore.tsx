import { useState } from 'react'
import type { TerminalMessage } from '../../protocol/screens.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import type { Client } from '../ui/client.ts'
import { TextInput } from '../ui/TextInput.tsx'
import { say } from '../words/say.ts'
import { digitsOf, missingIn, typeCode, type JoinForm } from './join-form.ts'
import styles from './JoinStore.module.css'

type Joining = Extract<TerminalMessage, { type: 'joining' }>

interface JoinStoreProps {
  readonly joining: Joining
  readonly client: Client
  /** What this page shows once the device has joined. */
  readonly screen: JoinForm['role']
}

const ROLES = ['terminal', 'kitchen'] as const

/** A member's address and code, and what this device is to be. */
export function JoinStore({ joining, client, screen }: JoinStoreProps) {
  const [form, setForm] = useState<JoinForm>({
    address: '',
    code: '',
    name: '',
    role: joining.role ?? screen,
  })
  const [news, setNews] = useState<News | null>(null)
  const isJoining = news?.kind === 'asking' || news?.kind === 'joined'
  const change = (changed: Partial<JoinForm>) => {
    setForm({ ...form, ...changed })
    setNews(null)
  }

  const join = async () => {
    const missing = missingIn(form)
    if (missing !== null) return setNews({ kind: 'refused', text: missing })
    setNews({ kind: 'asking', text: say('join.joining') })
    const { address, name, role } = form
    const code = digitsOf(form.code)
    const asked = { address: address.trim(), code, name: name.trim(), role }
    const answer = await client.call('joinStore', asked)
    if (!answer.ok) return setNews({ kind: 'refused', text: answer.message })
    setNews({ kind: 'joined', text: say('join.joined', { store: answer.value.storeName }) })
    if (role !== screen) goToScreen(role)
  }

  return (
    <section className={styles['form']} aria-label={say('join.title')}>
      <header>
        <h1 className={styles['title']}>{say('join.title')}</h1>
        <p className={styles['about']}>{say('join.about')}</p>
      </header>
      <div className={styles['columns']}>
        <div className={styles['column']}>
          <TextInput
            label={say('join.address')}
            value={form.address}
            onChange={(address) => change({ address })}
            maxLength={120}
          />
          <Members
            members={joining.members}
            chosen={form.address}
            onChoose={(address) => change({ address })}
          />
        </div>
        <div className={styles['column']}>
          <div className={styles['code']}>
            <TextInput
              label={say('join.code')}
              value={form.code}
              onChange={(typed) => change({ code: typeCode(typed) })}
              maxLength={9}
              type="tel"
              onEnter={() => void join()}
            />
          </div>
          <TextInput
            label={say('join.name')}
            value={form.name}
            onChange={(name) => change({ name })}
            maxLength={60}
            onEnter={() => void join()}
          />
          <div className={styles['roles']} role="group" aria-label={say('join.what')}>
            {ROLES.map((role) => (
              <Toggle key={role} isSelected={form.role === role} onChange={() => change({ role })}>
                {say(`devices.${role}`)}
              </Toggle>
            ))}
          </div>
        </div>
      </div>
      <p
        className={styles['news']}
        data-kind={news?.kind}
        role={news?.kind === 'refused' ? 'alert' : 'status'}
      >
        {news?.text}
      </p>
      <Button kind="accent" isLarge isDisabled={isJoining} onPress={() => void join()}>
        {say('join.join')}
      </Button>
    </section>
  )
}

interface News {
  readonly kind: 'asking' | 'refused' | 'joined'
  readonly text: string
}

interface MembersProps {
  readonly members: Joining['members']
  readonly chosen: string
  readonly onChoose: (address: string) => void
}

/** What was found is a hint: the code alone says whether it is the right store. */
function Members({ members, chosen, onChoose }: MembersProps) {
  if (members.length === 0) {
    return <p className={styles['hint']}>{say('join.noneFound')}</p>
  }
  return (
    <>
      <p className={styles['hint']}>{say('join.foundColon')}</p>
      <ul className={styles['members']} aria-label={say('join.found')}>
        {members.map(({ address, name }) => (
          <li key={address}>
            <Toggle isSelected={chosen === address} onChange={() => onChoose(address)}>
              <span className={styles['member']}>
                <span className={styles['memberName']}>
                  {name === '' ? say('join.aDevice') : name}
                </span>
                <span className={styles['memberAddress']}>{address}</span>
              </span>
            </Toggle>
          </li>
        ))}
      </ul>
    </>
  )
}

/** In the desktop's window the pages are files; a browser knows them without the ending. */
function goToScreen(role: JoinForm['role']) {
  const page = role === 'kitchen' ? 'kitchen' : 'pos'
  location.assign(location.pathname.endsWith('.html') ? `./${page}.html` : `./${page}`)
}
