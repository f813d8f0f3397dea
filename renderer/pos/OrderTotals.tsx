import type { ShownOrder } from '../../domain/order-view.ts'
import { formatMoney } from '../ui/format.ts'
import { say } from '../words/say.ts'
import styles from './OrderTotals.module.css'

/** The sum and how it comes about. What is due is what people look for, so it is the largest. */
export function OrderTotals({ order }: { readonly order: ShownOrder }) {
  const { totals, currency } = order
  const isOverpaid = totals.dueMinor < 0
  const givenBackMinor = order.payments.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0)
  return (
    <dl className={styles['totals']}>
      <Row name={say('order.subtotal')} minor={totals.subtotalMinor} currency={currency} />
      {totals.discountMinor > 0 && (
        <Row name={say('order.discountRow')} minor={-totals.discountMinor} currency={currency} />
      )}
      {totals.serviceChargeMinor > 0 && (
        <Row name={say('order.service')} minor={totals.serviceChargeMinor} currency={currency} />
      )}
      {totals.taxAddedMinor > 0 && (
        <Row name={say('order.tax')} minor={totals.taxAddedMinor} currency={currency} />
      )}
      {totals.vouchersMinor > 0 && (
        <Row name={say('order.vouchers')} minor={totals.vouchersMinor} currency={currency} />
      )}
      {totals.tipMinor > 0 && (
        <Row name={say('order.tip')} minor={totals.tipMinor} currency={currency} />
      )}
      {totals.paidMinor > 0 && (
        <>
          <Row name={say('order.total')} minor={totals.totalMinor} currency={currency} />
          <Row name={say('order.paid')} minor={-totals.paidMinor} currency={currency} />
        </>
      )}
      {givenBackMinor > 0 && (
        <Row name={say('order.givenBack')} minor={givenBackMinor} currency={currency} />
      )}
      <div className={styles['due']} data-overpaid={isOverpaid}>
        <dt>
          {say(isOverpaid ? 'order.overpaid' : totals.paidMinor > 0 ? 'order.due' : 'order.total')}
        </dt>
        <dd>{formatMoney(Math.abs(totals.dueMinor), currency)}</dd>
      </div>
    </dl>
  )
}

interface RowProps {
  readonly name: string
  readonly minor: number
  readonly currency: string
}

const Row = ({ name, minor, currency }: RowProps) => (
  <div className={styles['row']}>
    <dt>{name}</dt>
    <dd>{formatMoney(minor, currency)}</dd>
  </div>
)
