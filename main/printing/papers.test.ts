import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PRINTER_CODEPAGES, PRINTER_COLUMNS } from '../../domain/catalog.ts'
import { PAPER_LANGUAGES, type PaperLanguage } from '../../domain/languages.ts'
import { isLive, type OrderView } from '../../domain/order-view.ts'
import { checksOf } from '../../domain/split.ts'
import { piecesOf, widthOf, type Paper } from '../../protocol/paper.ts'
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
import type { DrawerSession } from '../../domain/drawer.ts'
import type { DayReport } from '../api/report-day.ts'
import { dayReportPaper } from './other-papers.ts'
import { kitchenSlipOf } from './kitchen-slip.ts'
import { createLayout } from './layout.ts'
import { paperToHtml, paperToText } from './paper-html.ts'
import { receiptOf } from './receipt.ts'
import { wordsIn } from './words/words-in.ts'

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

const receipt = (
  order: OrderView,
  columns = 42,
  isDuplicate = false,
  language: PaperLanguage = 'en',
): Paper =>
  receiptOf({ order, catalog: smallCatalog(), columns, isDuplicate, nowMs: NOW_MS, language })

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
  const slip = (kind: 'slip' | 'fallback' | 'void' | 'copy') =>
    kitchenSlipOf({ order, ticket: added, catalog: smallCatalog(), columns: 42, kind, lines })
  const words = flat(slip('slip'))
  for (const part of ['A-001', 'Table 5', '4 Burger', '* No onions', '!! Well done', 'ADD-ON']) {
    expect(words).toContain(part)
  }
  expect(words).not.toMatch(/Steak|Salad|VOID|FALLBACK|DUPLICATE/)
  expect(flat(slip('copy'))).toMatch(/DUPLICATE.*ADD-ON.*4 Burger/)
  const what = slip('slip').lines.find(({ text }) => text.includes('Burger'))
  const how = slip('slip').lines.find(({ text }) => text.includes('Well done'))
  expect([what?.size, how?.isInverted]).toEqual(['large', true])
  expect(flat(slip('fallback'))).toMatch(/FALLBACK.*make it once/)
  expect(flat(slip('void'))).toContain('VOID 4 Burger')
  for (const kind of ['slip', 'fallback', 'void'] as const) expectToFit(slip(kind))
})

test('[R5] each check has a receipt of its own: its dishes, its payments, and what it comes to', () => {
  const till = createReplica('A')
  till.run(newOrder([line('burger', 2), line('salad')]))
  const [burgers, salad] = (till.view() as OrderView).lines
  const groups = [[burgers?.id ?? '']]
  till.run({ type: 'splitOrder', orderId: TEST_ORDER_ID, split: { kind: 'items', groups } })
  const own = checksOf(till.view() as OrderView)[0]
  till.run({
    type: 'takePayment',
    orderId: TEST_ORDER_ID,
    method: 'cash',
    amountMinor: own?.dueMinor ?? 0,
    tipMinor: 200,
    tenderedMinor: null,
    ...(own && { paidFor: own.paidFor }),
  })
  const order = till.view() as OrderView
  const all = checksOf(order)
  const paperOf = (part: number) => {
    const check = all.find((one) => one.part === part)
    expect(check).toBeDefined()
    const wish = { order, catalog: smallCatalog(), columns: 42, isDuplicate: false, nowMs: NOW_MS }
    const paper = receiptOf({ ...wish, language: 'en', check: check && { own: check, all } })
    expectToFit(paper)
    return flat(paper)
  }
  const paid = paperOf(1)
  const due = decimal((own?.amountMinor ?? 0) + 200, order.currency)
  expect(paid).toMatch(/Check 1 of 2 RECEIPT.*2 Burger/)
  expect(paid).toContain(`TOTAL USD ${due}`)
  expect(paid).toContain(`Cash, with tip ${due}`)
  expect(paid).not.toContain(salad?.name ?? '')
  expect(paperOf(2)).toMatch(/Check 2 of 2 BILL - NOT PAID.*1 Salad.*STILL TO PAY/)
  expect(paperOf(2)).not.toContain('Cash')
})

test('[R5] a share of the whole says so, and names no dishes', () => {
  const order: OrderView = { ...anOrder(), split: { kind: 'equal', parts: 3 } }
  const all = checksOf(order)
  const wish = { order, catalog: smallCatalog(), columns: 32, isDuplicate: true, nowMs: NOW_MS }
  const [own] = all
  const paper = receiptOf({ ...wish, language: 'en', check: own && { own, all } })
  expectToFit(paper)
  expect(flat(paper)).toMatch(/DUPLICATE.*Share 1 of 3.*TOTAL/)
  expect(flat(paper)).not.toContain('Burger')
})

test('[R6] paper speaks the guest’s language and the kitchen’s, and the same amounts in each', () => {
  const order = anOrder()
  const amounts = (paper: Paper) => [...textOf(paper).matchAll(/-?\d+\.\d\d/g)].map(([one]) => one)
  for (const language of PAPER_LANGUAGES) {
    for (const columns of PRINTER_COLUMNS) expectToFit(receipt(order, columns, true, language))
    expect(amounts(receipt(order, 42, false, language))).toEqual(amounts(receipt(order)))
  }
  expect(flat(receipt(order, 42, true, 'de'))).toMatch(/DUPLIKAT.*Tisch 5.*Zwischensumme.*GESAMT/)
  const till = createReplica('A')
  till.run(newOrder([line('burger', 1, ['no_onions'])]))
  till.run({ type: 'sendToKitchen', orderId: TEST_ORDER_ID })
  const sent = till.view() as OrderView
  const catalog = {
    ...smallCatalog(),
    paper_language: new Map([['store', { receipts: 'en', kitchen: 'es' } as const]]),
  }
  const [ticket] = sent.tickets
  expect(ticket).toBeDefined()
  if (ticket === undefined) return
  const slip = { order: sent, ticket, catalog, columns: 42, lines: sent.lines }
  expect(flat(kitchenSlipOf({ ...slip, kind: 'copy' }))).toMatch(/DUPLICADO.*Mesa 5 Enviado/)
})

test('[R6] a day’s report speaks the store’s language, with the same sums in each', () => {
  const sums = { count: 2, totalMinor: 4_350 }
  const report: DayReport = {
    businessDay: '2026-01-01',
    currency: 'EUR',
    ordersByStatus: [{ status: 'completed', ...sums }],
    sales: {
      ...sums,
      grossMinor: 4_000,
      discountsMinor: 250,
      serviceChargeMinor: 100,
      taxMinor: 700,
      taxAddedMinor: 300,
      vouchersMinor: 0,
      tipsMinor: 200,
      paidMinor: 4_000,
      dueMinor: 350,
    },
    taxes: [
      { taxRateId: 'food', ratePpm: 70_000, included: true, baseMinor: 4_000, taxMinor: 400 },
    ],
    byChannel: [{ channel: 'takeout', ...sums }],
    payments: [
      {
        method: 'cash',
        count: 1,
        amountMinor: 3_000,
        tipsMinor: 0,
        refundedMinor: 0,
        netMinor: 3_000,
      },
      {
        method: 'shells',
        count: 1,
        amountMinor: 1_000,
        tipsMinor: 0,
        refundedMinor: 0,
        netMinor: 1_000,
      },
    ],
    refunds: { count: 0, totalMinor: 0 },
    voids: { count: 1 },
    comps: { count: 0, totalMinor: 0 },
    cancelled: { count: 0, totalMinor: 0, paidMinor: 0 },
    openOrders: { count: 1, dueMinor: 350 },
  }
  const session: DrawerSession = {
    id: 'd1',
    deviceId: 'A',
    currency: 'EUR',
    openedAt: new Date(NOW_MS).toISOString(),
    openedBy: 'staff:x',
    floatMinor: 10_000,
    paidInMinor: 0,
    paidOutMinor: 500,
    droppedMinor: 0,
    noSales: 0,
    closed: null,
  }
  const textIn = (language: PaperLanguage): string =>
    paperToText(
      dayReportPaper(report, {
        kind: 'z',
        drawers: [session],
        storeName: 'Test',
        timeZone: 'UTC',
        columns: 42,
        language,
        deviceName: () => 'Till 1',
        at: new Date(NOW_MS).toISOString(),
      }),
    )
  const amounts = (text: string) => text.match(/-?\d+\.\d\d$/gmu)
  for (const language of PAPER_LANGUAGES) {
    expect(amounts(textIn(language))).toEqual(amounts(textIn('en')))
  }
  expect(amounts(textIn('en'))?.length).toBeGreaterThan(15)
  const german = textIn('de')
  for (const words of [
    'Z-Bericht',
    'Außer Haus (2)',
    'Bar (1)',
    'shells (1)',
    'Abgeschlossen (2)',
    'Lade von Till 1',
  ]) {
    expect(german).toContain(words)
  }
  expect(german).not.toMatch(/Business|Gross|Float|Drawer/)
})

test('[R6] every letter of the four languages is in the usual code page', () => {
  for (const language of PAPER_LANGUAGES) {
    const words = JSON.stringify(wordsIn(language), (_, value: unknown) =>
      typeof value === 'function'
        ? String((value as (...of: string[]) => string)('1', '2'))
        : value,
    )
    const paper = { columns: 42, lines: createLayout(42).text(words) }
    expect([language, fitToCodepage(paper, 'cp858').unprintable]).toEqual([language, []])
  }
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

test('[R1] where a name runs from the right a screen keeps the price in its column', () => {
  const line = {
    text: '1 سلمون       0.795',
    size: 'normal',
    isBold: false,
    isInverted: false,
  } as const
  const html = paperToHtml({ columns: 19, lines: [line] }, 'x')
  expect(html).toContain(
    '<bdi dir="ltr">1 سلمون</bdi><bdi dir="ltr">       </bdi><bdi dir="ltr">0.795</bdi>',
  )
  expect(piecesOf('1 Salmon       0.795')).toEqual(['1 Salmon       0.795'])
})
