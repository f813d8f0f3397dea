import { useEffect, useEffectEvent, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import { itemSubject } from '../../domain/inventory.ts'
import type { StockRow } from '../../domain/stock-list.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatDay, formatTime } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import type { StockWish } from './actions/wishes.ts'
import styles from './StockSheet.module.css'
import { closeSheet, useTill } from './store.ts'
import { amountText, parseAmount, stateOf, STATE_NAMES } from './stock-words.ts'

type Task = 'count' | 'delivery' | 'waste'

const TASKS: readonly Task[] = ['count', 'delivery', 'waste']
const WASTE_REASONS = ['spoiled', 'dropped', 'madeWrongly'] as const

/** What is in stock; a manager counts, takes in and throws away. */
export function StockSheet({ catalog }: { readonly catalog: Catalog }) {
  const { stock } = useActions()
  const [rows, setRows] = useState<readonly StockRow[]>([])
  const [query, setQuery] = useState('')
  const [subject, setSubject] = useState<string | null>(null)
  const look = useEffectEvent(() => {
    void stock({ kind: 'look' }).then((found) => found !== null && setRows(found))
  })
  useEffect(() => look(), [])

  const known = new Set(rows.map((row) => row.subject))
  const others = [...catalog.menu_item].flatMap(([id, { name }]): StockRow[] =>
    query.trim() === '' || known.has(itemSubject(id)) ? [] : [notCounted(id, name)],
  )
  const wanted = query.trim().toLowerCase()
  const shown = [...rows, ...others].filter(({ name }) => name.toLowerCase().includes(wanted))
  const chosen = shown.find((row) => row.subject === subject) ?? shown[0] ?? null
  const act = async (wish: StockWish): Promise<boolean> => {
    const found = await stock(wish)
    if (found !== null) setRows(found)
    return found !== null
  }
  return (
    <Sheet title={say('stock.title')} about={say('stock.about')} onClose={closeSheet}>
      <div className={styles['stock']}>
        <div className={styles['left']}>
          <TextInput
            label={say('common.search')}
            type="search"
            value={query}
            onChange={setQuery}
            maxLength={60}
          />
          <ul className={styles['rows']} aria-label={say('stock.inStock')}>
            {shown.map((row) => (
              <li key={row.subject}>
                <Row row={row} isChosen={row === chosen} onChoose={() => setSubject(row.subject)} />
              </li>
            ))}
          </ul>
          {shown.length === 0 && <p className={styles['hint']}>{say('stock.nothingSo')}</p>}
        </div>
        {chosen !== null && <Tasks key={chosen.subject} row={chosen} onAct={act} />}
      </div>
    </Sheet>
  )
}

const notCounted = (id: string, name: string): StockRow => ({
  subject: itemSubject(id),
  kind: 'item',
  id,
  name,
  unit: 'piece',
  parMilli: null,
  levelMilli: null,
  low: false,
  oversold: false,
  deliveredMilli: 0,
  wastedMilli: 0,
  usedMilli: 0,
  countedAt: null,
  countedBy: null,
})

interface RowProps {
  readonly row: StockRow
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function Row({ row, isChosen, onChoose }: RowProps) {
  const state = stateOf(row)
  return (
    <AriaButton
      className={styles['row'] ?? ''}
      aria-pressed={isChosen}
      data-state={state}
      onPress={onChoose}
    >
      <span className={styles['what']}>
        <span className={styles['name']}>{row.name}</span>
        <span className={styles['soft']}>
          {row.parMilli === null
            ? ''
            : say('stock.par', { amount: amountText(row.parMilli, row.unit) })}
        </span>
      </span>
      <span className={styles['amount']}>
        <strong>{amountText(row.levelMilli, row.unit)}</strong>
        <span className={styles['state']}>{STATE_NAMES[state]}</span>
      </span>
    </AriaButton>
  )
}

interface TasksProps {
  readonly row: StockRow
  readonly onAct: (wish: StockWish) => Promise<boolean>
}

function Tasks({ row, onAct }: TasksProps) {
  const isBusy = useTill((till) => till.isBusy)
  const [task, setTask] = useState<Task>('count')
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const asks = say(`stock.asks_${task}`)
  const amountMilli = parseAmount(typed)
  const isMissing =
    amountMilli === null ||
    (task !== 'count' && amountMilli === 0) ||
    (task === 'waste' && reason.trim() === '')
  const send = async (wish: StockWish) => {
    if (!(await onAct(wish))) return
    setTyped('')
    setReason('')
  }
  const save = () => {
    if (isMissing || amountMilli === null) return
    const lines = [{ subject: row.subject, amountMilli }]
    if (task === 'waste') void send({ kind: task, lines, reason: reason.trim() })
    else void send({ kind: task, lines, note: null })
  }
  return (
    <section className={styles['right']} aria-label={row.name}>
      <h3 className={styles['title']}>{row.name}</h3>
      <Facts row={row} />
      <div role="group" aria-label={say('stock.what')} className={styles['tasks']}>
        {TASKS.map((one) => (
          <Toggle key={one} isSelected={one === task} onChange={() => setTask(one)}>
            {say(`stock.${one}`)}
          </Toggle>
        ))}
      </div>
      <TextInput
        label={row.unit === 'piece' ? asks : say('stock.asksIn', { asks, unit: row.unit })}
        value={typed}
        onChange={setTyped}
        maxLength={10}
        onEnter={save}
      />
      {task === 'waste' && (
        <>
          <div role="group" aria-label={say('common.reason')} className={styles['tasks']}>
            {WASTE_REASONS.map((usual) => say(`stock.${usual}`)).map((preset) => (
              <Toggle
                key={preset}
                isSelected={preset === reason}
                onChange={(isSelected) => setReason(isSelected ? preset : '')}
              >
                {preset}
              </Toggle>
            ))}
          </div>
          <TextInput
            label={say('common.reasonWords')}
            value={reason}
            onChange={setReason}
            maxLength={200}
            onEnter={save}
          />
        </>
      )}
      <Button kind="accent" isLarge isDisabled={isBusy || isMissing} onPress={save}>
        {say(`stock.${task}`)} {amountMilli === null ? '' : amountText(amountMilli, row.unit)}
      </Button>
      {row.levelMilli !== null && (
        <Button
          kind="quiet"
          isDisabled={isBusy}
          onPress={() =>
            void send({
              kind: 'count',
              lines: [{ subject: row.subject, amountMilli: null }],
              note: null,
            })
          }
        >
          {say('stock.noMore')}
        </Button>
      )}
    </section>
  )
}

function Facts({ row }: { readonly row: StockRow }) {
  if (row.levelMilli === null) return <p className={styles['hint']}>{say('stock.nobodyCounted')}</p>
  const facts = [
    [say('stock.deliveredSince'), row.deliveredMilli],
    [say('stock.wastedSince'), row.wastedMilli],
    [say('stock.soldSince'), row.usedMilli],
    [say('stock.shouldBe'), row.levelMilli],
  ] as const
  return (
    <>
      {row.countedAt !== null && (
        <p className={styles['hint']}>
          {say('stock.countedAt', {
            day: formatDay(Date.parse(row.countedAt)),
            time: formatTime(Date.parse(row.countedAt)),
          })}
        </p>
      )}
      <dl className={styles['facts']}>
        {facts.map(([name, milli]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{amountText(milli, row.unit)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
