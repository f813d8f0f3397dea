import { randomBytes } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { openDatabase } from '../../db/postgres/database.ts'
import { createOfficeUsers } from '../../db/postgres/office/users.ts'
import type { OrderView } from '../../domain/order-view.ts'
import { startCentral, type Central } from '../../main/central/central.ts'
import { centreKeyOf } from '../../main/central/member/centre-key.ts'
import { hashPassword } from '../../main/central/office/password.ts'
import { buildScreens } from '../../main/store-on-one-computer/screens-build.ts'
import { openEnrolledTill, type EnrolledTill } from './enrolled-till.ts'
import { startTestPostgres } from './postgres.ts'

/** A centre with its back office, and one store that sells through it: all of it real. */
export interface OfficeHouse {
  readonly central: Central
  readonly till: EnrolledTill
  readonly storeId: string
  /** Another store of the same house; ended with it. */
  readonly openStore: (storeId: string, name: string) => Promise<EnrolledTill>
  readonly close: () => Promise<void>
}

export const OFFICE_USER = {
  email: 'dana@harbour-grill.example',
  name: 'Dana Whitfield',
  password: 'four words of no meaning',
}

/** Sees numbers, changes nothing. The same password. */
export const OFFICE_VIEWER = { email: 'sam@accounts.example', name: 'Sam Okafor' }

const STORE_ID = 'harbour-grill'
const quiet = { info: () => {}, warn: () => {}, error: () => {} }

export async function openOfficeHouse(): Promise<OfficeHouse> {
  await buildScreens()
  const postgres = await startTestPostgres()
  const databaseUrl = await postgres.createDatabase()
  const central = await startCentral({
    port: 0,
    database: { url: databaseUrl },
    key: centreKeyOf(randomBytes(32)),
    logger: quiet,
  })
  const database = openDatabase(databaseUrl, () => {})
  const { email, name, password } = OFFICE_USER
  const user = { email, name, role: 'admin', stores: 'all' } as const
  const passwordHash = await hashPassword(password)
  const users = createOfficeUsers(database)
  await users.create({ ...user, passwordHash }, null, new Date())
  const viewer = { ...OFFICE_VIEWER, role: 'viewer', stores: 'all' } as const
  await users.create({ ...viewer, passwordHash }, null, new Date())
  await database.close()
  const tills: EnrolledTill[] = []
  const openStore = async (storeId: string, storeName: string) => {
    const where = { centralUrl: central.api, databaseUrl }
    const opened = await openEnrolledTill({ storeId, name: storeName, ...where })
    opened.goOnline()
    tills.push(opened)
    return opened
  }
  const till = await openStore(STORE_ID, 'Enrolled')
  return {
    central,
    till,
    storeId: STORE_ID,
    openStore,
    close: async () => {
      await Promise.all(tills.map((each) => each.close()))
      await central.stop()
      await postgres.stop()
    },
  }
}

let orders = 0

interface Sale {
  readonly items: readonly (readonly [itemId: string, quantity: number])[]
  readonly table?: string
  readonly isPaid?: boolean
}

/** Rings up an order at the till, sends it, and takes its money where it is paid. */
export function sell({ run }: EnrolledTill, { items, table, isPaid = true }: Sale): OrderView {
  const orderId = `sale-${(orders += 1)}`
  run({
    type: 'createOrder',
    orderId,
    channel: table === undefined ? 'takeout' : 'dine_in',
    table: table ?? null,
    customerId: null,
    customer: null,
    locationId: null,
    scheduledFor: null,
    notes: null,
    lines: items.map(([itemId, quantity]) => ({
      itemId,
      quantity,
      modifierIds: [],
      instructions: null,
    })),
  })
  const sent = run({ type: 'sendToKitchen', orderId })
  if (!isPaid) return sent
  return run({
    type: 'takePayment',
    orderId,
    method: 'cash',
    amountMinor: sent.totals.dueMinor,
    tipMinor: 0,
    tenderedMinor: null,
  })
}

/** Opens the back office and signs in. What the page complains of in its console is a fault. */
export async function openOffice(browser: Browser, central: Central): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: 1366, height: 768 },
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
  })
  await page.goto(`${central.api}/office/`)
  return page
}

export async function signInToOffice(
  page: Page,
  password = OFFICE_USER.password,
  { email }: { readonly email: string } = OFFICE_USER,
): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** By the way around at the side. */
export const goToPlace = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Back office' }).getByRole('link', { name }).click()
