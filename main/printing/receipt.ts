import { preparedName } from '../../domain/preparations.ts'
import { STORE_RECORD_ID, type Catalog, type Channel } from '../../domain/catalog.ts'
import { isLive, type LineView, type OrderView, type PaymentView } from '../../domain/order-view.ts'
import { dueMs } from '../../domain/pacing.ts'
import { receiptTextOf } from '../../domain/receipt-text.ts'
import type { Paper, PaperLine } from '../../protocol/paper.ts'
import { percent } from '../report-format.ts'
import { decimal, timeOf } from './figures.ts'
import { createLayout, type Layout } from './layout.ts'

/** What of an order a receipt reads. Who the guest is does not stand on it. */
export type ReceiptOrder = Omit<OrderView, 'customer'>

export interface ReceiptWish {
  readonly order: ReceiptOrder
  readonly catalog: Catalog
  readonly columns: number
  /** It was printed before. */
  readonly isDuplicate: boolean
  readonly nowMs: number
}

/** What a guest gets: all that was sold, each tax, each payment and what is left to pay. */
export function receiptOf(wish: ReceiptWish): Paper {
  const layout = createLayout(wish.columns)
  const lines = [
    ...head(wish, layout),
    layout.rule(),
    ...wish.order.lines.filter(isLive).flatMap((line) => soldLine(line, wish.order, layout)),
    layout.rule(),
    ...totals(wish, layout),
    ...wish.order.payments.flatMap((payment) => paid(payment, wish.order, layout)),
    ...balance(wish.order, layout),
    layout.blank(),
    ...(wish.isDuplicate ? duplicate(layout) : []),
    ...receiptTextOf(wish.catalog).footer.flatMap((line) => layout.centered(line)),
    ...layout.centered(`Printed ${timeOf(new Date(wish.nowMs).toISOString(), zoneOf(wish))}`),
  ]
  return { columns: wish.columns, lines }
}

const zoneOf = ({ catalog }: ReceiptWish): string =>
  catalog.store.get(STORE_RECORD_ID)?.timeZone ?? 'UTC'

const CHANNELS_ON_PAPER: Record<Channel, string> = {
  dine_in: 'Dine-in',
  takeout: 'Takeout',
  delivery: 'Delivery',
  online: 'Online',
}

export const channelOnPaper = ({ channel, table }: ReceiptOrder): string =>
  channel === 'dine_in' && table !== null ? `Table ${table}` : CHANNELS_ON_PAPER[channel]

function head(wish: ReceiptWish, layout: Layout): PaperLine[] {
  const { order, catalog } = wish
  const storeName = catalog.store.get(STORE_RECORD_ID)?.name ?? ''
  return [
    ...layout.centered(storeName, { size: 'tall', isBold: true }),
    ...receiptTextOf(catalog).header.flatMap((line) => layout.centered(line)),
    layout.blank(),
    ...(wish.isDuplicate ? duplicate(layout) : []),
    ...layout.centered(order.number, { size: 'large', isBold: true }),
    ...layout.centered(titleOf(order), { isBold: true }),
    ...layout.pair(channelOnPaper(order), timeOf(order.createdAt, zoneOf(wish))),
    ...duePaper(order, zoneOf(wish), layout),
  ]
}

/** When the guest expects it. */
export function duePaper(order: ReceiptOrder, timeZone: string, layout: Layout): PaperLine[] {
  const ms = dueMs(order)
  return ms === null
    ? []
    : layout.pair('Wanted for', timeOf(new Date(ms).toISOString(), timeZone), { isBold: true })
}

/** A bill that is not paid is no receipt, and must not look like one. */
function titleOf({ status, totals: sums, payments }: ReceiptOrder): string {
  if (status === 'cancelled') return 'CANCELLED'
  return payments.length > 0 && sums.dueMinor <= 0 ? 'RECEIPT' : 'BILL - NOT PAID'
}

const duplicate = (layout: Layout): PaperLine[] =>
  layout.centered('DUPLICATE', { size: 'large', isBold: true, isInverted: true })

function soldLine(line: LineView, { currency }: ReceiptOrder, layout: Layout): PaperLine[] {
  return [
    ...layout.pair(`${line.quantity} ${line.name}`, decimal(line.totalMinor, currency)),
    ...line.modifiers.flatMap((modifier) => {
      const name = preparedName(modifier)
      const { priceMinor } = modifier
      return layout.text(priceMinor === 0 ? name : `${name} ${decimal(priceMinor, currency)}`, {
        indent: 2,
      })
    }),
    ...(line.comp === null ? [] : layout.text('On the house', { indent: 2 })),
  ]
}

function totals({ order, catalog }: ReceiptWish, layout: Layout): PaperLine[] {
  const { totals: sums, currency } = order
  const row = (name: string, minor: number) => layout.pair(name, decimal(minor, currency))
  const taxName = (id: string, ratePpm: number) => {
    const name = catalog.tax_rate.get(id)?.name ?? id
    return name.includes('%') ? name : `${name} ${percent(ratePpm)}`
  }
  const added = sums.taxes.filter((tax) => !tax.included)
  const contained = sums.taxes.filter((tax) => tax.included)
  return [
    ...row('Subtotal', sums.subtotalMinor),
    ...(sums.discountMinor === 0 ? [] : row('Discount', -sums.discountMinor)),
    ...(sums.serviceChargeMinor === 0 ? [] : row('Service charge', sums.serviceChargeMinor)),
    ...added.flatMap((tax) => row(`Tax ${taxName(tax.taxRateId, tax.ratePpm)}`, tax.taxMinor)),
    ...order.vouchers
      .filter(({ withdrawn }) => !withdrawn)
      .flatMap(({ hint, amountMinor }) => row(`Gift voucher ..${hint}`, amountMinor)),
    ...(sums.tipMinor === 0 ? [] : row('Tip', sums.tipMinor)),
    ...layout.pair('TOTAL', `${currency} ${decimal(sums.totalMinor, currency)}`, {
      size: 'tall',
      isBold: true,
    }),
    ...contained.flatMap((tax) => [
      ...row(`Contains ${taxName(tax.taxRateId, tax.ratePpm)}`, tax.taxMinor),
      ...layout.text(`of ${decimal(tax.baseMinor, currency)}`, { indent: 2 }),
    ]),
    layout.blank(),
  ]
}

function paid(payment: PaymentView, { currency }: ReceiptOrder, layout: Layout): PaperLine[] {
  const row = (name: string, minor: number) => layout.pair(name, decimal(minor, currency))
  const method = methodOnPaper(payment.method)
  const takenMinor = payment.amountMinor + payment.tipMinor
  const hasTip = payment.tipMinor > 0
  return [
    ...row(hasTip ? `${method}, with tip` : method, takenMinor),
    ...proofOf(payment).flatMap((words) => layout.text(words, { indent: 2 })),
    ...(payment.changeMinor === 0
      ? []
      : [...row('  received', payment.tenderedMinor), ...row('  change', -payment.changeMinor)]),
    ...(payment.refundedMinor === 0
      ? []
      : layout.pair(`REFUND ${method}`, decimal(-payment.refundedMinor, currency), {
          isBold: true,
        })),
  ]
}

/** What a guest compares with the statement of a card, or with a voucher. */
function proofOf({ card, reference }: PaymentView): string[] {
  return [
    ...(card === null
      ? []
      : [[card.brand, card.lastFour && `**** ${card.lastFour}`].filter(Boolean).join(' ')]),
    ...(card?.authorisationCode ? [`Authorisation ${card.authorisationCode}`] : []),
    ...(card?.offline === true ? ['Not yet confirmed by the bank'] : []),
    ...(reference === null ? [] : [`No. ${reference}`]),
  ].filter((words) => words !== '')
}

/** `gift_card` → `Gift card`. */
export const methodOnPaper = (method: string): string =>
  method.charAt(0).toUpperCase() + method.slice(1).replaceAll('_', ' ')

function balance({ totals: sums, currency, status }: ReceiptOrder, layout: Layout): PaperLine[] {
  if (sums.dueMinor === 0 || status === 'cancelled') return []
  const name = sums.dueMinor > 0 ? 'STILL TO PAY' : 'PAID TOO MUCH'
  return layout.pair(name, decimal(Math.abs(sums.dueMinor), currency), {
    size: 'tall',
    isBold: true,
  })
}
