import { STORE_RECORD_ID, type Catalog } from '../../domain/catalog.ts'
import { isLive, type LineView, type OrderView, type PaymentView } from '../../domain/order-view.ts'
import { dueMs } from '../../domain/pacing.ts'
import { checkSums } from '../../domain/check-sums.ts'
import type { PaperLanguage } from '../../domain/languages.ts'
import { receiptTextOf } from '../../domain/receipt-text.ts'
import type { Check } from '../../domain/split.ts'
import type { TaxSum } from '../../domain/money.ts'
import type { Paper, PaperLine } from '../../protocol/paper.ts'
import { percent } from '../report-format.ts'
import { decimal, timeOf } from './figures.ts'
import { createLayout, type Layout } from './layout.ts'
import { preparedIn } from './words/prepared-in.ts'
import type { PaperWords } from './words/paper-words.ts'
import { wordsIn } from './words/words-in.ts'

/** What of an order a receipt reads. Who the guest is does not stand on it. */
export type ReceiptOrder = Omit<OrderView, 'customer'>

export interface ReceiptWish {
  readonly order: ReceiptOrder
  readonly catalog: Catalog
  readonly columns: number
  /** It was printed before. */
  readonly isDuplicate: boolean
  readonly nowMs: number
  readonly language: PaperLanguage
  /** Of a split bill: the receipt of one check, which is one of these. Absent: of all. */
  readonly check?: { readonly own: Check; readonly all: readonly Check[] } | undefined
}

interface Setting extends ReceiptWish {
  readonly layout: Layout
  readonly words: PaperWords
}

/** What a guest gets: all that was sold, each tax, each payment and what is left to pay. */
export function receiptOf(wish: ReceiptWish): Paper {
  const layout = createLayout(wish.columns)
  const words = wordsIn(wish.language)
  const set: Setting = { ...wish, layout, words }
  const lines = [
    ...head(set),
    layout.rule(),
    ...(wish.check === undefined ? wholeBill(set) : oneCheck(set, wish.check)),
    layout.blank(),
    ...(wish.isDuplicate ? duplicate(set) : []),
    ...receiptTextOf(wish.catalog).footer.flatMap((line) => layout.centered(line)),
    ...layout.centered(words.printed(timeOf(new Date(wish.nowMs).toISOString(), zoneOf(wish)))),
  ]
  return { columns: wish.columns, language: wish.language, lines }
}

const zoneOf = ({ catalog }: Pick<ReceiptWish, 'catalog'>): string =>
  catalog.store.get(STORE_RECORD_ID)?.timeZone ?? 'UTC'

export const channelOnPaper = ({ channel, table }: ReceiptOrder, words: PaperWords): string =>
  channel === 'dine_in' && table !== null ? words.table(table) : words.channels[channel]

function head(set: Setting): PaperLine[] {
  const { order, catalog, layout, words, check } = set
  const storeName = catalog.store.get(STORE_RECORD_ID)?.name ?? ''
  return [
    ...layout.centered(storeName, { size: 'tall', isBold: true }),
    ...receiptTextOf(catalog).header.flatMap((line) => layout.centered(line)),
    layout.blank(),
    ...(set.isDuplicate ? duplicate(set) : []),
    ...layout.centered(order.number, { size: 'large', isBold: true }),
    ...(check === undefined ? [] : layout.centered(checkName(check, words), { isBold: true })),
    ...layout.centered(titleOf(set), { isBold: true }),
    ...layout.pair(channelOnPaper(order, words), timeOf(order.createdAt, zoneOf(set))),
    ...duePaper(order, zoneOf(set), layout, words),
  ]
}

/** Counted among those that there are: of a split by seats, there may be none for the whole table. */
function checkName(
  { own, all }: NonNullable<ReceiptWish['check']>,
  { share, check, seat }: PaperWords,
): string {
  if (own.lineIds === null) return share(own.part, own.of)
  const name = check(all.indexOf(own) + 1, all.length)
  return own.seat === null ? name : `${name}: ${seat(own.seat)}`
}

/** When the guest expects it. */
export function duePaper(
  order: ReceiptOrder,
  timeZone: string,
  layout: Layout,
  words: PaperWords,
): PaperLine[] {
  const ms = dueMs(order)
  return ms === null
    ? []
    : layout.pair(words.wantedFor, timeOf(new Date(ms).toISOString(), timeZone), { isBold: true })
}

/** A bill that is not paid is no receipt, and must not look like one. */
function titleOf({ order, check, words }: Setting): string {
  if (order.status === 'cancelled') return words.cancelled
  const { dueMinor } = check?.own ?? order.totals
  const isPaid = check === undefined ? order.payments.length > 0 : check.own.paymentIds.length > 0
  return isPaid && dueMinor <= 0 ? words.receipt : words.notPaid
}

const duplicate = ({ layout, words }: Setting): PaperLine[] =>
  layout.centered(words.duplicate, { size: 'large', isBold: true, isInverted: true })

function wholeBill(set: Setting): PaperLine[] {
  const { order, layout } = set
  return [
    ...order.lines.filter(isLive).flatMap((line) => soldLine(line, set)),
    layout.rule(),
    ...totals(set),
    ...order.payments.flatMap((payment) => paid(payment, set)),
    ...balance(set, order.totals.dueMinor),
  ]
}

/** The dishes of one guest, or a share in all of them, and what was paid for it. */
function oneCheck(set: Setting, { own, all }: NonNullable<ReceiptWish['check']>): PaperLine[] {
  const { order, layout, words } = set
  const { currency } = order
  const sums = checkSums(order, own, all)
  const payments = order.payments.filter(({ id }) => own.paymentIds.includes(id))
  const tipMinor = payments.reduce((sum, payment) => sum + payment.tipMinor, 0)
  const row = amountRow(set)
  const wholeMinor = order.totals.totalMinor - order.totals.tipMinor
  return [
    ...(own.lineIds === null
      ? row(words.of(decimal(wholeMinor, currency)), sums.subtotalMinor)
      : [
          ...order.lines
            .filter((line) => isLive(line) && sums.lineIds.includes(line.id))
            .flatMap((line) => soldLine(line, set)),
          layout.rule(),
          ...row(words.subtotal, sums.subtotalMinor),
        ]),
    ...rowUnlessNone(set, words.discount, -sums.discountMinor),
    ...rowUnlessNone(set, words.serviceCharge, sums.serviceChargeMinor),
    ...taxesAdded(sums.taxes, set),
    ...rowUnlessNone(set, words.rounding, sums.roundingMinor),
    ...(sums.vouchersMinor === 0 ? [] : vouchersSold(set)),
    ...rowUnlessNone(set, words.paidForAll, sums.paidForAllMinor),
    ...rowUnlessNone(set, words.tip, tipMinor),
    ...totalRow(set, own.amountMinor + tipMinor),
    ...taxesContained(sums.taxes, set),
    layout.blank(),
    ...payments.flatMap((payment) => paid(payment, set)),
    ...balance(set, own.dueMinor),
  ]
}

const amountRow =
  ({ layout, order: { currency } }: Setting) =>
  (name: string, minor: number): PaperLine[] =>
    layout.pair(name, decimal(minor, currency))

const rowUnlessNone = (set: Setting, name: string, minor: number): PaperLine[] =>
  minor === 0 ? [] : amountRow(set)(name, minor)

function soldLine(line: LineView, { order: { currency }, layout, words }: Setting): PaperLine[] {
  return [
    ...layout.pair(`${line.quantity} ${line.name}`, decimal(line.totalMinor, currency)),
    ...line.modifiers.flatMap((modifier) => {
      const name = preparedIn(words.prepared, modifier.name, modifier.preparation)
      const { priceMinor } = modifier
      return layout.text(priceMinor === 0 ? name : `${name} ${decimal(priceMinor, currency)}`, {
        indent: 2,
      })
    }),
    ...(line.comp === null ? [] : layout.text(words.onTheHouse, { indent: 2 })),
  ]
}

function totals(set: Setting): PaperLine[] {
  const { order, layout, words } = set
  const { totals: sums } = order
  return [
    ...amountRow(set)(words.subtotal, sums.subtotalMinor),
    ...rowUnlessNone(set, words.discount, -sums.discountMinor),
    ...rowUnlessNone(set, words.serviceCharge, sums.serviceChargeMinor),
    ...taxesAdded(sums.taxes, set),
    ...vouchersSold(set),
    ...rowUnlessNone(set, words.tip, sums.tipMinor),
    ...totalRow(set, sums.totalMinor),
    ...taxesContained(sums.taxes, set),
    layout.blank(),
  ]
}

const totalRow = ({ layout, words, order: { currency } }: Setting, minor: number): PaperLine[] =>
  layout.pair(words.total, `${currency} ${decimal(minor, currency)}`, {
    size: 'tall',
    isBold: true,
  })

const vouchersSold = (set: Setting): PaperLine[] =>
  set.order.vouchers
    .filter(({ withdrawn }) => !withdrawn)
    .flatMap(({ hint, amountMinor }) => amountRow(set)(set.words.voucher(hint), amountMinor))

function taxName({ taxRateId, ratePpm }: TaxSum, { catalog }: Setting): string {
  const name = catalog.tax_rate.get(taxRateId)?.name ?? taxRateId
  return name.includes('%') ? name : `${name} ${percent(ratePpm)}`
}

const taxesAdded = (taxes: readonly TaxSum[], set: Setting): PaperLine[] =>
  taxes
    .filter(({ included }) => !included)
    .flatMap((tax) => amountRow(set)(set.words.tax(taxName(tax, set)), tax.taxMinor))

const taxesContained = (taxes: readonly TaxSum[], set: Setting): PaperLine[] =>
  taxes
    .filter(({ included }) => included)
    .flatMap((tax) => [
      ...amountRow(set)(set.words.contains(taxName(tax, set)), tax.taxMinor),
      ...set.layout.text(set.words.of(decimal(tax.baseMinor, set.order.currency)), { indent: 2 }),
    ])

function paid(payment: PaymentView, set: Setting): PaperLine[] {
  const { layout, words } = set
  const row = amountRow(set)
  const method = words.methods[payment.method]
  const takenMinor = payment.amountMinor + payment.tipMinor
  const hasTip = payment.tipMinor > 0
  return [
    ...row(hasTip ? words.withTip(method) : method, takenMinor),
    ...proofOf(payment, words).flatMap((proof) => layout.text(proof, { indent: 2 })),
    ...(payment.changeMinor === 0
      ? []
      : [
          ...row(`  ${words.received}`, payment.tenderedMinor),
          ...row(`  ${words.change}`, -payment.changeMinor),
        ]),
    ...(payment.refundedMinor === 0
      ? []
      : layout.pair(words.refund(method), decimal(-payment.refundedMinor, set.order.currency), {
          isBold: true,
        })),
  ]
}

/** What a guest compares with the statement of a card, or with a voucher. */
function proofOf({ card, reference }: PaymentView, words: PaperWords): string[] {
  return [
    ...(card === null
      ? []
      : [[card.brand, card.lastFour && `**** ${card.lastFour}`].filter(Boolean).join(' ')]),
    ...(card?.authorisationCode ? [words.authorisation(card.authorisationCode)] : []),
    ...(card?.offline === true ? [words.notConfirmed] : []),
    ...(reference === null ? [] : [words.reference(reference)]),
  ].filter((proof) => proof !== '')
}

function balance({ order, layout, words }: Setting, dueMinor: number): PaperLine[] {
  if (dueMinor === 0 || order.status === 'cancelled') return []
  const name = dueMinor > 0 ? words.stillToPay : words.paidTooMuch
  return layout.pair(name, decimal(Math.abs(dueMinor), order.currency), {
    size: 'tall',
    isBold: true,
  })
}
