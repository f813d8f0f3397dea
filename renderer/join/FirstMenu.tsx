import { useId, useRef, useState } from 'react'
import type { MenuFileFound } from '../../protocol/founding.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import type { Client } from '../ui/client.ts'
import type { ChosenFile, MenuChoice } from './new-store-form.ts'
import styles from './NewStore.module.css'
import { say } from '../words/say.ts'
import { spoken } from '../words/spoken.ts'

interface FirstMenuProps {
  readonly menu: MenuChoice
  readonly currency: string
  readonly client: Client
  readonly onChange: (menu: MenuChoice) => void
}

const BEGINNINGS: Readonly<Record<MenuChoice['kind'], MenuChoice>> = {
  demo: { kind: 'demo' },
  file: { kind: 'file', file: null },
  typed: { kind: 'typed', text: '' },
}
const MENU_WORDS = {
  demo: spoken({ name: 'front.menu_demo', about: 'front.about_demo' }),
  file: spoken({ name: 'front.menu_file', about: 'front.about_file' }),
  typed: spoken({ name: 'front.menu_typed', about: 'front.about_typed' }),
}
const KINDS = ['demo', 'file', 'typed'] as const

/** What the new store sells at first. */
export function FirstMenu({ menu, currency, client, onChange }: FirstMenuProps) {
  const typedId = useId()
  return (
    <fieldset className={styles['group']}>
      <legend>{say('front.theMenu')}</legend>
      <div className={styles['three']} role="group" aria-label={say('front.theMenu')}>
        {KINDS.map((kind) => (
          <Toggle
            key={kind}
            isSelected={menu.kind === kind}
            onChange={() => menu.kind === kind || onChange(BEGINNINGS[kind])}
          >
            {MENU_WORDS[kind].name}
          </Toggle>
        ))}
      </div>
      <p className={styles['hint']} id={`${typedId}-about`}>
        {MENU_WORDS[menu.kind].about}
      </p>
      {menu.kind === 'typed' && (
        <textarea
          className={styles['typed']}
          aria-label={say('front.typedLabel')}
          aria-describedby={`${typedId}-about`}
          rows={4}
          value={menu.text}
          onChange={(event) => onChange({ kind: 'typed', text: event.target.value })}
        />
      )}
      {menu.kind === 'file' && (
        <MenuFile
          file={menu.file}
          currency={currency}
          client={client}
          onChange={(file) => onChange({ kind: 'file', file })}
        />
      )}
    </fieldset>
  )
}

interface MenuFileProps {
  readonly file: ChosenFile | null
  readonly currency: string
  readonly client: Client
  readonly onChange: (file: ChosenFile | null) => void
}

type Reading =
  | { readonly kind: 'reading' }
  | { readonly kind: 'found'; readonly found: MenuFileFound }
  | { readonly kind: 'faulty'; readonly faults: readonly string[] }

const MAX_BYTES = 600_000

/** A file that cannot be taken whole is not taken: its faults are told before anything is made. */
function MenuFile({ file, currency, client, onChange }: MenuFileProps) {
  const input = useRef<HTMLInputElement>(null)
  const [reading, setReading] = useState<Reading | null>(null)

  const read = async (chosen: File) => {
    onChange(null)
    if (chosen.size > MAX_BYTES)
      return setReading({ kind: 'faulty', faults: [say('front.fileTooLarge')] })
    setReading({ kind: 'reading' })
    const read_ = { fileName: chosen.name, base64: await toBase64(chosen) }
    const answer = await client.call('checkMenuFile', { file: read_, currency })
    if (answer.ok) {
      setReading({ kind: 'found', found: answer.value })
      onChange(read_)
    } else {
      const { error, message } = answer
      setReading({
        kind: 'faulty',
        faults: error.code === 'not_founded' ? error.faults : [message],
      })
    }
  }

  return (
    <>
      <div className={styles['file']}>
        <Button onPress={() => input.current?.click()}>
          {file === null ? say('front.chooseFile') : say('front.otherFile')}
        </Button>
        {file !== null && <span className={styles['fileName']}>{file.fileName}</span>}
        <input
          ref={input}
          type="file"
          accept=".json,.csv"
          hidden
          aria-label={say('front.chooseFile')}
          onChange={(event) => {
            const chosen = event.target.files?.[0]
            event.target.value = ''
            if (chosen !== undefined) void read(chosen)
          }}
        />
      </div>
      <div role="status">{reading !== null && <ReadingNews reading={reading} />}</div>
    </>
  )
}

function ReadingNews({ reading }: { readonly reading: Reading }) {
  switch (reading.kind) {
    case 'reading':
      return <p className={styles['hint']}>{say('front.readingFile')}</p>
    case 'found': {
      const { items, categories, notes } = reading.found
      return (
        <>
          <p className={styles['good']}>
            {say('front.foundDishes', { items: items, categories: categories })}
          </p>
          <ul className={styles['faults']}>
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </>
      )
    }
    case 'faulty':
      return (
        <ul className={`${styles['faults'] ?? ''} ${styles['bad'] ?? ''}`}>
          {reading.faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )
  }
}

async function toBase64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  let binary = ''
  for (const byte of bytes) binary += String.fromCharCode(byte)
  return btoa(binary)
}
