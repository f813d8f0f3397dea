import { useEffect, useEffectEvent, useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import type { CashMove } from '../../domain/journal.ts'
import type { DrawerSession } from '../../domain/drawer.ts'
import type { ShownDrawer, SignedIn } from '../../protocol/screens.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatMoney } from '../ui/format.ts'
import { Keypad, type Key } from '../ui/Keypad.tsx'
import { currencyOf } from '../ui/settings.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { useActions } from './actions-context.ts'
import type { DrawerWish } from './actions.ts'
import { digitsToMinor, typeKey } from './cash.ts'
import { DrawerFacts, DrawerResult } from './DrawerFacts.tsx'
import styles from './DrawerSheet.module.css'
import { closeSheet, useTill } from './store.ts'

type Task = 'open' | CashMove | 'close'

const MOVES: readonly { readonly task: Exclude<Task, 'open'>; readonly name: string }[] = [
  { task: 'paid_in', name: 'Paid in' },
  { task: 'paid_out', name: 'Paid out' },
  { task: 'drop', name: 'Drop to safe' },
  { task: 'close', name: 'Count and close' },
]

const WORDS: Readonly<Record<Task, { readonly asks: string; readonly acts: string }>> = {
  open: { asks: 'Float in the drawer', acts: 'Open with' },
  paid_in: { asks: 'Cash put in', acts: 'Pay in' },
  paid_out: { asks: 'Cash taken out', acts: 'Pay out' },
  drop: { asks: 'Cash to the safe', acts: 'Drop' },
  close: { asks: 'Cash counted', acts: 'Close with' },
}

const REASONS: Readonly<Record<CashMove, readonly string[]>> = {
  paid_in: ['Change from the bank', 'Put back'],
  paid_out: ['Supplies', 'Supplier paid', 'Tips paid out'],
  drop: ['Too much cash', 'End of shift'],
}

/** The cash drawer of this till: opened with a float, moved, and closed by counting it. */
export function DrawerSheet(props: { readonly staff: SignedIn; readonly catalog: Catalog }) {
  const { drawer } = useActions()
  const [shown, setShown] = useState<ShownDrawer | null>(null)
  const [task, setTask] = useState<Task | null>(null)
  const [digits, setDigits] = useState('')
  const [words, setWords] = useState('')
  const look = useEffectEvent(() => {
    void drawer({ kind: 'look' }).then((found) => found !== null && setShown(found))
  })
  useEffect(() => look(), [])

  const session = shown?.session ?? null
  const isOpen = session !== null && session.closed === null
  const currency = session?.currency ?? currencyOf(props.catalog)
  const begin = (next: Task | null) => {
    setTask(next)
    setDigits('')
    setWords('')
  }
  const act = async (wish: DrawerWish) => {
    const done = await drawer(wish)
    if (done === null) return
    setShown(done)
    begin(null)
  }

  if (shown === null) return null
  return (
    <Sheet
      title="Cash drawer"
      about={isOpen ? 'Open on this till' : 'Closed on this till'}
      onClose={closeSheet}
    >
      <div className={styles['drawer']}>
        <section className={styles['left']} aria-label="The drawer">
          {isOpen ? (
            <DrawerFacts session={session} now={shown.now} catalog={props.catalog} />
          ) : (
            <LastClosing session={session} />
          )}
          {isOpen && (
            <div role="group" aria-label="What to do" className={styles['tasks']}>
              {MOVES.map((move) => (
                <Toggle
                  key={move.task}
                  isSelected={task === move.task}
                  onChange={(isSelected) => begin(isSelected ? move.task : null)}
                >
                  {move.name}
                </Toggle>
              ))}
            </div>
          )}
          {isOpen && task !== null && <Words task={task} words={words} onWords={setWords} />}
        </section>
        {(!isOpen || task !== null) && (
          <AmountForm
            task={isOpen && task !== null ? task : 'open'}
            currency={currency}
            digits={digits}
            onDigits={setDigits}
            words={words.trim()}
            onAct={(wish) => void act(wish)}
          />
        )}
      </div>
    </Sheet>
  )
}

function LastClosing({ session }: { readonly session: DrawerSession | null }) {
  if (session !== null) return <DrawerResult session={session} />
  return (
    <p className={styles['hint']}>
      Count what lies in the drawer and open it with that. Cash that is taken while it is closed is
      in no count.
    </p>
  )
}

/** Why cash moves; or what there is to say of a count. */
function Words(props: {
  readonly task: Task
  readonly words: string
  readonly onWords: (words: string) => void
}) {
  const { task, words, onWords } = props
  return (
    <>
      {isMove(task) && (
        <div role="group" aria-label="Reason" className={styles['reasons']}>
          {REASONS[task].map((reason) => (
            <Toggle
              key={reason}
              isSelected={reason === words}
              onChange={(isSelected) => onWords(isSelected ? reason : '')}
            >
              {reason}
            </Toggle>
          ))}
        </div>
      )}
      <TextInput
        label={isMove(task) ? 'Reason in words' : 'Note'}
        value={words}
        onChange={onWords}
        maxLength={200}
      />
    </>
  )
}

const isMove = (task: Task): task is CashMove => task !== 'open' && task !== 'close'

interface AmountFormProps {
  readonly task: Task
  readonly currency: string
  readonly digits: string
  readonly onDigits: (digits: string) => void
  readonly words: string
  readonly onAct: (wish: DrawerWish) => void
}

function AmountForm({ task, currency, digits, onDigits, words, onAct }: AmountFormProps) {
  const isBusy = useTill((till) => till.isBusy)
  const minor = digitsToMinor(digits)
  const amount = formatMoney(minor, currency)
  const isMissing = digits === '' || (isMove(task) && (minor === 0 || words === ''))
  const wish = (): DrawerWish => {
    if (task === 'open') return { kind: 'open', floatMinor: minor }
    if (isMove(task)) return { kind: 'move', move: task, amountMinor: minor, reason: words }
    return { kind: 'close', countedMinor: minor, note: words === '' ? null : words }
  }
  const key = (pressed: Key) =>
    onDigits(pressed === '0' && digits === '' ? '0' : typeKey(digits, pressed))
  return (
    <section className={styles['right']} aria-label={WORDS[task].asks}>
      <p className={styles['asked']}>
        <span>{WORDS[task].asks}</span>
        <strong>{digits === '' ? '—' : amount}</strong>
      </p>
      <Keypad label="Amount" hasDoubleZero isDisabled={isBusy} onKey={key} />
      <Button
        kind={task === 'close' ? 'danger' : 'money'}
        isLarge
        isDisabled={isBusy || isMissing}
        onPress={() => onAct(wish())}
      >
        {WORDS[task].acts} {digits !== '' && amount}
      </Button>
    </section>
  )
}
