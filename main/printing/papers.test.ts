import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PRINTER_CODEPAGES, PRINTER_COLUMNS } from '../../domain/catalog.ts'
import { isLive, type OrderView } from '../../domain/order-view.ts'
import { widthOf, type Paper } from '../../protocol/paper.ts'
import { playStory } from '../../test/support/order-stories.ts'
import {
  createReplica,
  line,
  newOrder,
  smallCatalog,
  TEST_ORDER_ID,
} from '../../test/support/orders.ts'
import { fitToCodepage } from './code-page.ts'
import { encodePaper } from './esc-pos.ts'
import { decimal } from './figures.ts'
import { kitchenSlipOf } from './kitchen-slip.ts'
import { createLayout } from './layout.ts'
import { paperToHtml, paperToText } from './paper-html.ts'
import { receiptOf } from './receipt.ts'

const NOW_MS = Date.UTC(2026, 0, 1, 18)
const columnsOf = fc.constantFrom(...PRINTER_COLUMNS)

function anOrder(): OrderView {
  const till = createReplica('A')
  till.run(newOrder([line('burger', 2, ['extra_cheese', 'no_onions']), line('bottle')]))
  till.run({ type: 'addLines', orderId: TEST_ORDER_ID, lines: [line('salad', 3)] })
  const order = till.view()
  expect(order).not.toBeNull()
  return order as OrderView
}

const receipt = (order: OrderView, columns = 42, isDuplicate = false): Paper =>
  receiptOf({ order, catalog: smallCatalog(), columns, isDuplicate, nowMs: NOW_MS })

const textOf = (paper: Paper): string => paperToText(paper)

/** Line breaks of the layout undone: words that were parted by the edge stand together. */
const flat = (paper: Paper): string => textOf(paper).replaceAll(/\s+/g, ' ')

function expectToFit({ columns, lines }: Paper): void {
  const wrong = lines.filter(
    ({ text, size }) => [...text].length * widthOf(size) > columns || /\p{C}/u.test(text),
  )
  expect(wrong).toEqual([])
}

test('[R1] every line and every cent of any order is on its receipt, and no line is too long', () => {
  fc.assert(
    fc.property(fc.gen(), columnsOf, fc.boolean(), (g, columns, isDuplicate) => {
      const { replicas } = playStory(g, fc, 25)
      for (const replica of replicas) {
        const order = replica.view()
        if (order === null) continue
        const paper = receipt(order, columns, isDuplicate)
        expectToFit(paper)
        const words = flat(paper)
        const amounts = [
          ...order.lines.filter(isLive).map((one) => one.totalMinor),
          ...order.payments.map((payment) => payment.amountMinor + payment.tipMinor),
          ...order.payments.flatMap((p) => (p.refundedMinor === 0 ? [] : -p.refundedMinor)),
          ...order.totals.taxes.map((tax) => tax.taxMinor),
          order.totals.totalMinor,
        ]
        const needed = [
          ...amounts.map((minor) => decimal(minor, order.currency)),
          ...order.lines
            .filter(isLive)
            .flatMap((one) => [
              `${one.quantity} ${one.name}`,
              ...one.modifiers.map(({ name }) => name),
            ]),
        ]
        expect(needed.filter((part) => !words.includes(part))).toEqual([])
        expect(words.includes('DUPLICATE')).toBe(isDuplicate)
        const isPaid = order.payments.length > 0 && order.totals.dueMinor <= 0
        expect(words.includes('RECEIPT')).toBe(isPaid && order.status !== 'cancelled')
      }
    }),
    { numRuns: 25 },
  )
})

test('[R1] the lines of a receipt add up to its total', () => {
  const order = anOrder()
  const amountAfter = (words: string): number => {
    const found = new RegExp(`${words}.*?(-?\\d+\\.\\d\\d)\\s*$`, 'm').exec(textOf(receipt(order)))
    return Number((found?.[1] ?? 'NaN').replace('.', ''))
  }
  const sold = ['2 Burger', '1 Bottle of wine', '3 Salad'].map(amountAfter)
  expect(sold.reduce((sum, minor) => sum + minor, 0)).toBe(amountAfter('Subtotal'))
  expect(
    amountAfter('Subtotal') + amountAfter('Service charge') + amountAfter('Tax Food 8.875 %'),
  ).toBe(amountAfter('TOTAL'))
})

test('[R1] amounts have the decimals of the store’s currency', () => {
  const order = anOrder()
  const inYen = textOf(receipt({ ...order, currency: 'JPY' }))
  const inDinar = textOf(receipt({ ...order, currency: 'KWD' }))
  expect(inYen).toMatch(/2 Burger\s+2800$/m)
  expect(inDinar).toMatch(/2 Burger\s+2\.800$/m)
})

test('[R1] a card is on the receipt by its last four digits, and a voucher by its number', () => {
  const till = createReplica('A')
  till.run(newOrder([line('burger')]))
  till.run({
    type: 'takePayment',
    orderId: TEST_ORDER_ID,
    method: 'cash',
    amountMinor: 500,
    tipMinor: 0,
    tenderedMinor: null,
  })
  const order = till.view() as OrderView
  const card = {
    brand: 'Visa',
    lastFour: '4242',
    token: 't',
    authorisationCode: '8153',
    offline: true,
  }
  const payments = order.payments.flatMap((payment) => [
    { ...payment, method: 'card' as const, card },
    { ...payment, method: 'voucher' as const, reference: 'V-77' },
  ])
  const words = flat(receipt({ ...order, payments }))
  expect(words).toContain(
    'Card 5.00 Visa **** 4242 Authorisation 8153 Not yet confirmed by the bank Voucher 5.00 No. V-77',
  )
})

test('[R1] words of any length and letters of any kind fit the paper, and order no printer about', () => {
  const anyCode = fc.integer({ min: 0, max: 0x10ffff })
  const anyText = fc
    .array(anyCode, { maxLength: 120 })
    .map((codes) => String.fromCodePoint(...codes))
  fc.assert(
    fc.property(anyText, anyText, columnsOf, (left, right, columns) => {
      const layout = createLayout(columns)
      const lines = [
        ...layout.text(left, { size: 'large', indent: 2 }),
        ...layout.centered(left, { size: 'large' }),
        ...layout.pair(left, right.slice(0, 14)),
      ]
      expectToFit({ columns, lines })
    }),
    { numRuns: 120 },
  )
  const attack = createLayout(42).text('no onions\x1bp\x00\x19\xfa\x1dV\x00')
  expect(attack.map(({ text }) => text).join('')).not.toMatch(/\p{Cc}/u)
})

test('[R1] a slip says large what to make, and marks what is added, void, or a fallback', () => {
  const till = createReplica('A')
  till.run(newOrder([line('steak', 1, ['rare']), line('salad')]))
  till.run({ type: 'sendToKitchen', orderId: TEST_ORDER_ID })
  till.run({
    type: 'addLines',
    orderId: TEST_ORDER_ID,
    lines: [{ ...line('burger', 4, ['no_onions']), instructions: 'Well done' }],
  })
  till.run({ type: 'sendToKitchen', orderId: TEST_ORDER_ID })
  const order = till.view() as OrderView
  const added = order.tickets.find(({ firingNumber }) => firingNumber === 2)
  expect(added).toBeDefined()
  if (added === undefined) return
  const lines = order.lines.filter(({ ticketId }) => ticketId === added.id)
  const slip = (kind: 'slip' | 'fallback' | 'void') =>
    kitchenSlipOf({ order, ticket: added, catalog: smallCatalog(), columns: 42, kind, lines })
  const words = flat(slip('slip'))
  for (const part of ['A-001', 'Table 5', '4 Burger', '* No onions', '!! Well done', 'ADD-ON']) {
    expect(words).toContain(part)
  }
  expect(words).not.toMatch(/Steak|Salad|VOID|FALLBACK/)
  const what = slip('slip').lines.find(({ text }) => text.includes('Burger'))
  const how = slip('slip').lines.find(({ text }) => text.includes('Well done'))
  expect([what?.size, how?.isInverted]).toEqual(['large', true])
  expect(flat(slip('fallback'))).toMatch(/FALLBACK.*make it once/)
  expect(flat(slip('void'))).toContain('VOID 4 Burger')
  for (const kind of ['slip', 'fallback', 'void'] as const) expectToFit(slip(kind))
})

test('[R1] what a code page lacks is named on the paper, and never becomes a question mark', () => {
  const layout = createLayout(32)
  const paper = { columns: 32, lines: layout.text('Crème brûlée ș 你好 سلام “x” – why?') }
  const { paper: fitted, unprintable } = fitToCodepage(paper, 'cp858')
  const words = flat(fitted)
  expect(words).toContain('Crème brûlée s ## #### "x" - why?')
  expect(words).toContain('CHARACTERS ARE MISSING')
  expect(words).toContain('U+4F60, U+597D')
  expect(unprintable).toEqual(['你', '好', 'س', 'ل', 'ا', 'م'])
  expectToFit(fitted)
})

test('[R1] no question mark reaches the printer that nobody typed', () => {
  const codepage = fc.constantFrom(...PRINTER_CODEPAGES)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), codepage, (text, page) => {
      const asked = text.replaceAll('?', '')
      const paper = { columns: 42, lines: createLayout(42).text(asked) }
      const { bytes } = encodePaper(paper, { columns: 42, codepage: page } as never)
      expect(bytes.includes('?'.charCodeAt(0))).toBe(false)
    }),
    { numRuns: 100 },
  )
})

test('[R1] the preview is the paper, and runs nothing that a guest wrote', () => {
  const order = anOrder()
  const named = { ...order, number: '<script>alert(1)</script>' }
  const paper = receipt(named)
  const html = paperToHtml(paper, named.number)
  expect(html).not.toContain('<script')
  for (const one of receipt(order).lines.filter(({ text }) => /^[\w .]+$/.test(text))) {
    expect(paperToHtml(receipt(order), 'x')).toContain(one.text)
  }
})
