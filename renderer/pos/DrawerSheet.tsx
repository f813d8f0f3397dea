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
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import type { DrawerWish } from './actions/wishes.ts'
import { digitsToMinor, typeKey } from './cash.ts'
import { DrawerFacts, DrawerResult } from './DrawerFacts.tsx'
import styles from './DrawerSheet.module.css'
import { closeSheet, useTill } from './store.ts'

type Task = 'open' | CashMove | 'close'

const MOVES = ['paid_in', 'paid_out', 'drop', 'close'] as const

const REASONS = {
  paid_in: ['changeFromBank', 'putBack'],
  paid_out: ['supplies', 'supplier', 'tips'],
  drop: ['tooMuchCash', 'endOfShift'],
} as const satisfies Record<CashMove, readonly string[]>

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
      title={say('drawer.title')}
      about={say(isOpen ? 'drawer.isOpen' : 'drawer.isClosed')}
      onClose={closeSheet}
    >
      <div className={styles['drawer']}>
        <section className={styles['left']} aria-label={say('drawer.theDrawer')}>
          {isOpen ? (
            <DrawerFacts session={session} now={shown.now} catalog={props.catalog} />
          ) : (
            <LastClosing session={session} />
          )}
          {isOpen && (
            <div role="group" aria-label={say('drawer.whatToDo')} className={styles['tasks']}>
              {MOVES.map((move) => (
                <Toggle
                  key={move}
                  isSelected={task === move}
                  onChange={(isSelected) => begin(isSelected ? move : null)}
                >
                  {say(`drawer.${move}`)}
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
  return <p className={styles['hint']}>{say('drawer.countFirst')}</p>
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
        <div role="group" aria-label={say('common.reason')} className={styles['reasons']}>
          {REASONS[task]
            .map((usual) => say(`drawer.${usual}`))
            .map((reason) => (
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
        label={say(isMove(task) ? 'common.reasonWords' : 'common.note')}
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
    <section className={styles['right']} aria-label={say(`drawer.asks_${task}`)}>
      <p className={styles['asked']}>
        <span>{say(`drawer.asks_${task}`)}</span>
        <strong>{digits === '' ? '—' : amount}</strong>
      </p>
      <Keypad label={say('common.amount')} hasDoubleZero isDisabled={isBusy} onKey={key} />
      <Button
        kind={task === 'close' ? 'danger' : 'money'}
        isLarge
        isDisabled={isBusy || isMissing}
        onPress={() => onAct(wish())}
      >
        {say(`drawer.acts_${task}`)} {digits !== '' && amount}
      </Button>
    </section>
  )
}
