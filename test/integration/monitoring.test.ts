import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createObservation } from '../../main/central/observation.ts'
import { defaultConfig } from '../../main/config.ts'
import { startTerminal, type Terminal } from '../../main/terminal/terminal.ts'
import { createProcesses, type Processes } from '../support/processes.ts'
import { selectorsOf } from '../support/promql.ts'

let processes: Processes
let terminal: Terminal
const tokens: Record<string, string> = {}
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }

beforeAll(async () => {
  processes = createProcesses()
  const dir = join(await processes.folder('watched'), 'till')
  await processes.run(['store', 'create', '--data', dir, '--name', 'Test', '--demo'])
  for (const role of ['service', 'cashier']) {
    const made = await processes.run(['token', '--data', dir, '--role', role, '--label', role])
    tokens[role] = made.stdout.trim()
  }
  const started = await startTerminal({
    dataDir: dir,
    role: null,
    api: '127.0.0.1:0',
    https: false,
    peer: '127.0.0.1:0',
    discovery: false,
    connect: [],
    central: null,
    config: defaultConfig(),
    logger: quiet,
  })
  if (!started.ok) throw new Error(started.error)
  terminal = started.value
})
afterAll(async () => {
  await terminal?.stop()
  await processes.close()
})

async function call(method: string, path: string, body?: object, role = 'service') {
  const answer = await fetch(`${terminal.ready.api}${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens[role]}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    text: await answer.text(),
  }
}

interface Order {
  readonly id: string
  readonly total: { readonly amount: number; readonly currency: string }
}

async function order(channel: string): Promise<Order> {
  const item = { menu_item_id: 'burger-classic', quantity: 1, modifiers: [] }
  const table = channel === 'dine_in' ? { table_number: '5' } : {}
  const made = await call('POST', '/api/v1/orders', {
    order_type: channel,
    ...table,
    items: [item],
  })
  expect(made.status, made.text).toBe(201)
  return JSON.parse(made.text) as Order
}

describe('/metrics of a device', () => {
  let page: ReadonlyMap<string, number>
  let text: string

  beforeAll(async () => {
    const sold = await order('dine_in')
    const amount = sold.total
    const paid = await call('POST', `/api/v1/orders/${sold.id}/payments`, {
      method: 'cash',
      amount,
      tendered: amount,
    })
    if (paid.status !== 201) throw new Error(paid.text)
    await call('POST', `/api/v1/kitchen/orders/${sold.id}/prepare`)
    await call('POST', `/api/v1/kitchen/orders/${sold.id}/ready`)
    await call('PUT', `/api/v1/orders/${sold.id}/status`, { status: 'completed' })
    const lost = await order('takeout')
    await call('POST', `/api/v1/orders/${lost.id}/cancel`, { reason: 'left' })
    // What is refused: one by the rules, one by the door.
    await call('PUT', `/api/v1/orders/${lost.id}/status`, { status: 'ready' })
    await call('GET', '/api/v1/orders/canary-5550100')
    text = (await call('GET', '/metrics')).text
    page = samplesOf(text)
  })

  test('[W1] gives the five numbers of the seed as quotients of counters', () => {
    const created = [...page].filter(([name]) => name.startsWith('aura_orders_created_total{'))
    expect(Object.fromEntries(created)).toEqual({
      'aura_orders_created_total{channel="dine_in"}': 1,
      'aura_orders_created_total{channel="takeout"}': 1,
    })
    expect(page.get('aura_order_processing_seconds_count')).toBe(1)
    expect(page.get('aura_order_processing_seconds_sum')).toBeGreaterThanOrEqual(0)
    expect(page.get('aura_order_preparation_seconds_count')).toBe(1)
    expect(page.get('aura_orders_closed_total{outcome="completed"}')).toBe(1)
    expect(page.get('aura_orders_closed_total{outcome="cancelled"}')).toBe(1)
    expect(page.get('aura_commands_refused_total{code="invalid_transition"}')).toBe(1)
    expect(page.get('aura_commands_total{result="refused"}')).toBe(1)
    expect(page.get('aura_problems_total{code="order_not_found"}')).toBe(1)
    expect(page.get('aura_payments_total{method="cash",result="taken"}')).toBe(1)
  })

  test('[W1] shows how the device itself stands', () => {
    const commands = page.get('aura_commands_total{result="taken"}')
    expect(commands).toBeGreaterThan(4)
    expect(page.get('aura_command_seconds_count')).toBe(commands! + 1)
    expect(page.get('aura_conflicts_open')).toBe(0)
    expect(page.get('aura_orders_open{status="pending"}')).toBe(0)
    expect(page.get('aura_entries')).toBeGreaterThan(5)
    expect(page.get('aura_file_bytes{file="store"}')).toBeGreaterThan(10_000)
    expect(page.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
    expect(text).toMatch(/^aura_build_info\{version="\d+\.\d+\.\d+",node="\d+[\d.]+"\} 1$/m)
  })

  test('[W1] has no series for what somebody sent, and names nobody', () => {
    for (const sent of ['canary', '5550100', 'left', 'Classic', 'Test']) {
      expect(text).not.toContain(sent)
    }
    expect(text).toContain('route="/api/v1/orders/:id"')
    expect(page.size).toBeLessThan(600)
  })

  test('[W1] is for a token that may, as everything but /healthz', async () => {
    const answer = await call('GET', '/metrics')
    expect(answer).toMatchObject({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' })
    expect((await call('GET', '/metrics', undefined, 'cashier')).status).toBe(403)
    expect((await fetch(`${terminal.ready.api}/metrics`)).status).toBe(401)
    const health = (await (await fetch(`${terminal.ready.api}/healthz`)).json()) as object
    expect(health).toMatchObject({ ok: true, degraded: [] })
  })
})

describe('deploy/monitoring', () => {
  test('[W1] asks for nothing that neither a device nor the centre shows', async () => {
    const shown = new Set([
      ...namesOf((await call('GET', '/metrics')).text),
      ...namesOf(await centrePage()),
      'up',
    ])
    const rules = alertRules()
    const panels = dashboardExpressions()
    expect(rules.length).toBeGreaterThan(15)
    expect(panels.length).toBeGreaterThan(25)
    const asked = [...rules, ...panels].flatMap(selectorsOf)
    expect(asked.map(({ metric }) => metric).filter((metric) => !shown.has(metric))).toEqual([])
  })

  test('every alert says what is wrong, what to do and how bad it is', () => {
    for (const rule of allRules()) {
      expect(rule.annotations.summary, rule.alert).toMatch(/\{\{/)
      expect(rule.annotations.description, rule.alert).toMatch(/\.$/)
      expect(['info', 'warning', 'critical']).toContain(rule.labels.severity)
    }
  })

  test('the reader of expressions refuses what Prometheus would', () => {
    for (const broken of [
      'sum(a',
      'rate(a[5m)',
      'a{b=c}',
      'sum by a (b)',
      'a b',
      'nonsense(a)',
      '',
    ])
      expect(() => selectorsOf(broken), broken).toThrow(/./)
  })
})

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly summary: string; readonly description: string }
}

const file = (name: string): string => readFileSync(join('deploy/monitoring', name), 'utf8')

const allRules = (): readonly Rule[] =>
  (parse(file('alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
    ({ rules }) => rules,
  )

const alertRules = (): string[] => allRules().map(({ expr }) => expr)

function dashboardExpressions(): string[] {
  const { panels } = JSON.parse(file('grafana-dashboard.json')) as {
    panels: { targets?: { expr: string }[] }[]
  }
  // A variable of Grafana's stands for a text that fits there.
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
}

/** The names of the families, with what Prometheus makes of a histogram. */
const namesOf = (page: string): string[] =>
  [...page.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  )

const samplesOf = (page: string): Map<string, number> =>
  new Map(
    page
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [
        line.slice(0, line.lastIndexOf(' ')),
        Number(line.slice(line.lastIndexOf(' '))),
      ]),
  )

/** Its families are there also where no database answers. */
async function centrePage(): Promise<string> {
  const none = new Proxy(
    {},
    {
      get: () => {
        throw new Error('there is none')
      },
    },
  )
  const observation = createObservation({
    database: none as Parameters<typeof createObservation>[0]['database'],
    now: () => new Date(),
    isReady: () => true,
  })
  const page = await observation.metrics.page()
  observation.stop()
  return page
}
