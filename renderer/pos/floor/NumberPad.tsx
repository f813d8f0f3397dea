import { useEffect, useEffectEvent, useState } from 'react'
import type { FloorTable } from '../../../domain/floor.ts'
import { Button } from '../../ui/Button.tsx'
import { Keypad, keyOf } from '../../ui/Keypad.tsx'
import { say } from '../../words/say.ts'
import styles from './NumberPad.module.css'
import { tableTyped } from './table-state.ts'

export interface TypedNumber {
  readonly isOpen: boolean
  readonly setOpen: (isOpen: boolean) => void
  readonly text: string
  /** Numbers that begin like what was typed. */
  readonly likely: readonly string[]
  readonly onKey: (stroke: string) => void
  readonly go: (() => void) | null
}

const MAX_TYPED = 20

/**
 * A table by its number, from the keyboard or the keypad. Where no other number begins so, the last
 * digit opens it; else Enter does.
 */
export function useTypedNumber(
  tables: readonly FloorTable[],
  onTable: (table: FloorTable) => void,
  isListening: boolean,
): TypedNumber {
  const [text, setText] = useState('')
  const [isOpen, setOpen] = useState(false)
  const open = (table: FloorTable) => {
    setText('')
    onTable(table)
  }
  const { exact } = tableTyped(tables, text)
  const type = (stroke: string) => {
    const next = keyOf(stroke) === 'back' ? text.slice(0, -1) : (text + stroke).slice(-MAX_TYPED)
    const found = tableTyped(tables, next)
    if (next.length > text.length && found.only !== null && found.exact !== null) {
      return open(found.only)
    }
    // What is the beginning of no number begins a new one.
    const isKnown = tables.some(({ number }) => isBeginning(next, number))
    setText(isKnown || next === '' ? next : isStart(stroke, tables) ? stroke : '')
  }
  const onStroke = useEffectEvent((event: KeyboardEvent) => {
    if (!isListening || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target instanceof HTMLInputElement) return
    if (event.key === 'Enter' && text !== '') {
      event.preventDefault()
      event.stopPropagation()
      if (exact !== null) open(exact)
    } else if (/^[\p{L}\p{N}]$/u.test(event.key) || event.key === 'Backspace') type(event.key)
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onStroke(event)
    window.addEventListener('keydown', listen, true)
    return () => window.removeEventListener('keydown', listen, true)
  }, [])
  return {
    isOpen,
    setOpen: (wanted) => {
      setText('')
      setOpen(wanted)
    },
    text,
    likely:
      text === ''
        ? []
        : tables.flatMap(({ number }) => (isBeginning(text, number) ? [number] : [])),
    onKey: type,
    go: exact === null ? null : () => open(exact),
  }
}

const isBeginning = (typed: string, number: string): boolean =>
  number.toLowerCase().startsWith(typed.toLowerCase())

const isStart = (stroke: string, tables: readonly FloorTable[]): boolean =>
  tables.some(({ number }) => isBeginning(stroke, number))

export function NumberPad({ typed }: { readonly typed: TypedNumber }) {
  return (
    <aside className={styles['pad']} aria-label={say('floor.byNumber')}>
      <p className={styles['typed']} role="status">
        {typed.text === '' ? say('floor.typeNumber') : say('trade.table', { table: typed.text })}
      </p>
      <Keypad
        label={say('floor.byNumber')}
        hasDoubleZero={false}
        onKey={(key) => typed.onKey(key === 'back' ? 'Backspace' : key)}
      />
      <Button kind="accent" isLarge isDisabled={typed.go === null} onPress={() => typed.go?.()}>
        {say('floor.open')}
      </Button>
    </aside>
  )
}
