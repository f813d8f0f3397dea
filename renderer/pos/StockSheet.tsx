import { useEffect, useEffectEvent, useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../domain/catalog.ts'
import { itemSubject } from '../../domain/inventory.ts'
import type { StockRow } from '../../domain/stock-list.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatDay, formatTime } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { useActions } from './actions-context.ts'
import type { StockWish } from './actions.ts'
import styles from './StockSheet.module.css'
import { closeSheet, useTill } from './store.ts'
import { amountText, parseAmount, stateOf, STATE_NAMES } from './stock-words.ts'

type Task = 'count' | 'delivery' | 'waste'

const TASKS: readonly { readonly task: Task; readonly name: string; readonly asks: string }[] = [
  { task: 'count', name: 'Count', asks: 'What is there now' },
  { task: 'delivery', name: 'Delivery', asks: 'What came in' },
  { task: 'waste', name: 'Waste', asks: 'What was thrown away' },
]
const WASTE_REASONS = ['Spoiled', 'Dropped', 'Made wrongly']

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
    <Sheet
      title="Stock"
      about="What is sold is taken off by itself. Search for an item to count it down."
      onClose={closeSheet}
    >
      <div className={styles['stock']}>
        <div className={styles['left']}>
          <TextInput
            label="Search"
            type="search"
            value={query}
            onChange={setQuery}
            maxLength={60}
          />
          <ul className={styles['rows']} aria-label="In stock">
            {shown.map((row) => (
              <li key={row.subject}>
                <Row row={row} isChosen={row === chosen} onChoose={() => setSubject(row.subject)} />
              </li>
            ))}
          </ul>
          {shown.length === 0 && <p className={styles['hint']}>Nothing is called so.</p>}
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
          {row.parMilli === null ? '' : `Par ${amountText(row.parMilli, row.unit)}`}
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
  const { name: action, asks } = TASKS.find((one) => one.task === task) ?? TASKS[0]!
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
      <div role="group" aria-label="What is to be said of it" className={styles['tasks']}>
        {TASKS.map((one) => (
          <Toggle key={one.task} isSelected={one.task === task} onChange={() => setTask(one.task)}>
            {one.name}
          </Toggle>
        ))}
      </div>
      <TextInput
        label={row.unit === 'piece' ? asks : `${asks}, in ${row.unit}`}
        value={typed}
        onChange={setTyped}
        maxLength={10}
        onEnter={save}
      />
      {task === 'waste' && (
        <>
          <div role="group" aria-label="Reason" className={styles['tasks']}>
            {WASTE_REASONS.map((preset) => (
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
            label="Reason in words"
            value={reason}
            onChange={setReason}
            maxLength={200}
            onEnter={save}
          />
        </>
      )}
      <Button kind="accent" isLarge isDisabled={isBusy || isMissing} onPress={save}>
        {action} {amountMilli === null ? '' : amountText(amountMilli, row.unit)}
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
          Count it no more
        </Button>
      )}
    </section>
  )
}

function Facts({ row }: { readonly row: StockRow }) {
  if (row.levelMilli === null) return <p className={styles['hint']}>Nobody has counted it yet.</p>
  const facts = [
    ['Delivered since', row.deliveredMilli],
    ['Wasted since', row.wastedMilli],
    ['Sold since', row.usedMilli],
    ['There should be', row.levelMilli],
  ] as const
  return (
    <>
      {row.countedAt !== null && (
        <p className={styles['hint']}>
          Counted {formatDay(Date.parse(row.countedAt))} {formatTime(Date.parse(row.countedAt))}
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
