import type { StoreLine } from '../../../protocol/office/overview.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { historyPage } from '../../../protocol/rest/event.ts'
import {
  order as orderSchema,
  type RestOrder,
  type RestOrderItem,
} from '../../../protocol/rest/order.ts'
import { CHANNEL_NAMES, STATUS_NAMES } from '../../ui/words.ts'
import { allOf, questionOf, useAnswer } from '../answers.ts'
import { formatBusinessDay, formatPpm, type StoreWords } from '../format.ts'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { PrintButton } from '../parts/PrintButton.tsx'
import { useNames, type Names } from '../names.ts'
import { hrefOf } from '../route.ts'
import { wordsOf } from '../stores.ts'
import { describeEvent, isWorthTelling } from './history-words.ts'
import styles from './Orders.module.css'

interface OrderPageProps {
  readonly store: StoreLine
  readonly orderId: string
}

/** One order: what is on it, what was paid, and everything that ever happened to it. */
export function OrderPage({ store, orderId }: OrderPageProps) {
  const path = `/api/v1/orders/${encodeURIComponent(orderId)}`
  const storeId = store.store_id
  const answer = useAnswer(questionOf({ path, storeId, schema: orderSchema }))
  const order = answer.value
  const words = wordsOf(store)
  const names = useNames(storeId)
  return (
    <Page
      title={order === null ? 'Order' : `Order ${order.order_number}`}
      about={<a href={hrefOf({ storeId, path: ['orders'] })}>All orders</a>}
      from={answer}
      tools={<PrintButton />}
    >
      {order !== null && (
        <div className={styles['columns']}>
          <div className={styles['stack']}>
            <Section title="Items">
              <DataTable
                caption="Items of the order"
                columns={itemColumns(words)}
                rows={[
                  ...order.items.map((item): ItemRow => ({ item, removed: null })),
                  ...order.removed_items.map((item): ItemRow => ({
                    item,
                    removed: item.reason ?? 'no reason given',
                  })),
                ]}
                keyOf={({ item }) => item.id}
                none="Nothing is on it."
              />
              <Sums order={order} words={words} />
            </Section>
            <Section title="Payments">
              <DataTable
                caption="Payments of the order"
                columns={paymentColumns(words, names)}
                rows={order.payments}
                keyOf={({ id }) => id}
                none="Nothing was paid yet."
              />
            </Section>
          </div>
          <div className={styles['stack']}>
            <Section title="About">
              <About order={order} words={words} names={names} />
            </Section>
            <Section title="History">
              <History order={order} path={path} storeId={storeId} words={words} names={names} />
            </Section>
          </div>
        </div>
      )}
    </Page>
  )
}

interface PartProps {
  readonly order: RestOrder
  readonly words: StoreWords
  readonly names: Names
}

function About({ order, words, names }: PartProps) {
  const facts: [string, React.ReactNode][] = [
    [
      'Status',
      <span key="status" className={styles['status']} data-status={order.status}>
        {STATUS_NAMES[order.status]}
      </span>,
    ],
    ['Channel', CHANNEL_NAMES[order.order_type]],
    ...(order.table_number === null ? [] : [['Table', order.table_number] as [string, string]]),
    ['Begun', words.exactly(order.created_at)],
    ['By', names.person(order.created_by)],
    ['Business day', formatBusinessDay(order.business_day)],
    ...(order.scheduled_for === null
      ? []
      : [['Wanted at', words.moment(order.scheduled_for)] as [string, string]]),
    ...(order.customer === null ? [] : [['Guest', guestText(order.customer)] as [string, string]]),
    ...(order.notes === null ? [] : [['Notes', order.notes] as [string, string]]),
  ]
  return (
    <dl className={styles['facts']}>
      {facts.map(([name, value]) => (
        <Fact key={name} name={name} value={value} />
      ))}
    </dl>
  )
}

const Fact = ({ name, value }: { readonly name: string; readonly value: React.ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </>
)

function guestText(customer: NonNullable<RestOrder['customer']>): string {
  if (customer.locked === true) return 'There is one; only the store’s own devices can read who'
  return [customer.name, customer.phone, customer.email, customer.address]
    .filter(Boolean)
    .join(' · ')
}

function Sums({ order, words }: Pick<PartProps, 'order' | 'words'>) {
  const sums: [string, RestOrder['total'], boolean?][] = [
    ['Items', order.subtotal],
    [
      order.discount_reason === null ? 'Discount' : `Discount (${order.discount_reason})`,
      { ...order.discount, amount: -order.discount.amount },
    ],
    ['Service charge', order.service_charge],
    ...order.taxes
      .filter(({ included }) => !included)
      .map(({ rate_ppm, tax }): [string, RestOrder['total']] => [
        `Tax ${formatPpm(rate_ppm)}`,
        tax,
      ]),
    ...order.vouchers.map(({ hint, amount }): [string, RestOrder['total']] => [
      `Gift voucher …${hint}`,
      amount,
    ]),
    ['Tip', order.tip],
    ['Total', order.total, true],
    ['Paid', order.paid],
    ['Due', order.due],
  ]
  return (
    <dl className={styles['sums']}>
      {sums
        .filter(([name, { amount }]) => amount !== 0 || ALWAYS.includes(name))
        .map(([name, amount, isWhole]) => (
          <SumLine key={name} name={name} value={words.money(amount)} isWhole={isWhole === true} />
        ))}
    </dl>
  )
}

const ALWAYS = ['Items', 'Total', 'Paid', 'Due']

function SumLine(props: {
  readonly name: string
  readonly value: string
  readonly isWhole: boolean
}) {
  const className = props.isWhole ? styles['whole'] : undefined
  return (
    <>
      <dt className={className}>{props.name}</dt>
      <dd className={className}>{props.value}</dd>
    </>
  )
}

interface HistoryProps extends PartProps {
  readonly path: string
  readonly storeId: string
}

function History({ order, path, storeId, words, names }: HistoryProps) {
  const answer = useAnswer(
    allOf({
      path: `${path}/history`,
      query: { limit: String(MAX_PAGE) },
      storeId,
      schema: historyPage,
    }),
  )
  const items = new Map([...order.items, ...order.removed_items].map(({ id, name }) => [id, name]))
  if (answer.value === null) return <p>{answer.failure?.detail ?? 'Asking the centre …'}</p>
  return (
    <ol className={styles['history']}>
      {answer.value.data.filter(isWorthTelling).map((event) => {
        const { what, note, tone } = describeEvent(event, {
          itemName: (id) => items.get(id) ?? 'an item',
          money: words.money,
          station: names.station,
          orderId: order.id,
        })
        const where = names.device(event.origin)
        return (
          <li key={event.id} data-tone={tone}>
            <time dateTime={event.at} title={words.exactly(event.at)}>
              {words.clock(event.at)}
            </time>
            <div>
              <strong>{what}</strong>
              {note !== null && <> · {note}</>}
              <small>
                {names.person(event.actor)}
                {where !== null && where !== names.person(event.actor) && `, ${where}`}
              </small>
            </div>
          </li>
        )
      })}
    </ol>
  )
}

interface ItemRow {
  readonly item: RestOrderItem
  /** Why it was taken off; null: it was not. */
  readonly removed: string | null
}

const itemColumns = (words: StoreWords): readonly Column<ItemRow>[] => [
  {
    id: 'quantity',
    header: 'Qty',
    isNumber: true,
    isSortable: false,
    value: ({ item }) => item.quantity,
  },
  {
    id: 'name',
    header: 'Item',
    isHeading: true,
    isSortable: false,
    value: ({ item }) => item.name,
    show: ({ item, removed }) => (
      <span className={styles['line']}>
        <span className={removed === null ? undefined : styles['removed']}>{item.name}</span>
        {item.modifiers.length > 0 && (
          <small>{item.modifiers.map(({ name }) => name).join(', ')}</small>
        )}
        {item.special_instructions !== null && <small>“{item.special_instructions}”</small>}
        {removed !== null && <small>Taken off: {removed}</small>}
      </span>
    ),
  },
  {
    id: 'kitchen',
    header: 'Kitchen',
    isSortable: false,
    value: ({ item, removed }) => (removed === null ? KITCHEN_NAMES[item.kitchen_status] : '–'),
  },
  {
    id: 'price',
    header: 'Each',
    isNumber: true,
    isSortable: false,
    value: ({ item }) => item.unit_price.amount,
    show: ({ item }) => words.money(item.unit_price),
  },
  {
    id: 'total',
    header: 'Together',
    isNumber: true,
    isSortable: false,
    value: ({ item }) => item.line_total.amount,
    show: ({ item, removed }) => (removed === null ? words.money(item.line_total) : '–'),
  },
]

const KITCHEN_NAMES: Record<RestOrderItem['kitchen_status'], string> = {
  new: 'Not sent',
  none: 'Nothing to make',
  queued: 'Waiting',
  preparing: 'Preparing',
  ready: 'Ready',
}

type Payment = RestOrder['payments'][number]

const paymentColumns = (words: StoreWords, names: Names): readonly Column<Payment>[] => {
  const amount = (
    id: string,
    header: string,
    read: (payment: Payment) => Payment['amount'],
  ): Column<Payment> => ({
    id,
    header,
    isNumber: true,
    isSortable: false,
    value: (payment) => read(payment).amount,
    show: (payment) => (read(payment).amount === 0 ? '–' : words.money(read(payment))),
  })
  return [
    {
      id: 'at',
      header: 'When',
      isSortable: false,
      value: ({ at }) => at,
      show: ({ at }) => <time dateTime={at}>{words.moment(at)}</time>,
    },
    {
      id: 'method',
      header: 'How',
      isHeading: true,
      isSortable: false,
      value: ({ method }) => method.charAt(0).toUpperCase() + method.slice(1),
    },
    { id: 'by', header: 'Who', isSortable: false, value: ({ actor }) => names.person(actor) },
    amount('amount', 'Amount', (payment) => payment.amount),
    amount('tip', 'Tip', ({ tip }) => tip),
    amount('refunded', 'Refunded', ({ refunded }) => refunded),
  ]
}
