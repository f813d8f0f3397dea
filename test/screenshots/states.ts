import type { Browser } from 'playwright-core'
import { openKitchen, openTill } from '../support/screens.ts'
import { DAY_SCENES } from './day-scenes.ts'
import { startLoneTill, type LoneTill } from './lone-till.ts'
import { ORDER_SCENES } from './order-scenes.ts'
import type { Shoot } from './shoot.ts'
import { bacon, burger } from './wishes.ts'

/**
 * What a till shows more rarely than its sheets at rest: forms half filled in, what went wrong, and what
 * comes over the whole screen. Each scene begins at a fresh page; one that fails is told at the end, and
 * the others are taken.
 */
export async function shootStates(browser: Browser, shoot: Shoot): Promise<void> {
  const till = await startLoneTill('states')
  const failed: string[] = []
  try {
    await prepare(browser, till)
    const cook = await openKitchen(browser, till)
    for (const [name, { pin, play }] of Object.entries({ ...ORDER_SCENES, ...DAY_SCENES })) {
      const page = await openTill(browser, till, pin)
      page.setDefaultTimeout(10_000)
      try {
        await play({ till, page, cook, take: (shot) => shoot('states', shot, page) })
      } catch (error) {
        failed.push(`${name}: ${error instanceof Error ? error.message : String(error)}`)
      }
      await page.close()
    }
  } finally {
    await till.close()
  }
  if (failed.length > 0) throw new Error(`Not all scenes were taken.\n${failed.join('\n')}`)
}

/** What the demo has none of: an open item, preparations, pictures, a voucher, a guest who is known. */
async function prepare(browser: Browser, { ask, send }: LoneTill): Promise<void> {
  const change = (kind: string, id: string, value: object) =>
    ask('POST', '/menu/changes', { changes: [{ kind, id, value }] })
  await change('modifier_group', 'toppings', {
    name: 'Toppings',
    position: 9,
    min: 0,
    max: 3,
    preparations: ['no', 'extra', 'side'],
    modifiers: [
      { id: 'lettuce', name: 'Lettuce', price: 0, standard: true },
      { id: 'top_sauce', name: 'House sauce', price: 50 },
      { id: 'top_cheese', name: 'Blue cheese', price: 150, extra_price: 100 },
    ],
  })
  const common = { category_id: 'burgers', tax_rate_id: 'sales', station_id: 'grill' }
  const house = { ...common, name: 'House burger', price: 1_400, modifier_group_ids: ['toppings'] }
  await change('menu_item', 'house-burger', { ...house, position: 10 })
  const open = { ...common, name: 'Open food', price: 0, modifier_group_ids: [], open: true }
  await change('menu_item', 'open-food', { ...open, position: 11 })
  const page = await browser.newPage()
  for (const [id, colour] of [
    ['burger-classic', '#8a4b1f'],
    ['burger-veggie', '#3f7d3a'],
  ] as const) {
    const data = await page.evaluate(paint, colour)
    const { id: picture_id } = await ask<{ id: string }>('POST', '/menu/pictures', { data })
    await change('item_picture', id, { picture_id })
  }
  await page.close()
  const ann = { name: 'Ann Lee', phone: '5550100' }
  await ask('POST', '/orders', { order_type: 'online', items: [burger], customer: ann })
  await send({
    order_type: 'delivery',
    items: [bacon],
    customer: { ...ann, address: '12 Quay Street, 2nd floor' },
  })
  await ask('POST', '/orders', {
    order_type: 'takeout',
    items: [burger],
    customer: { name: 'Theo' },
    scheduled_for: new Date(Date.now() + 3 * 3_600_000).toISOString(),
  })
}

/** Something round on a plate, as a photograph of it would be sent. Runs in the page. */
function paint(colour: string): string {
  const canvas = document.createElement('canvas')
  canvas.width = 320
  canvas.height = 240
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('nothing can be painted here')
  const disc = (radius: number, fill: string) => {
    context.fillStyle = fill
    context.beginPath()
    context.arc(160, 120, radius, 0, 2 * Math.PI)
    context.fill()
  }
  context.fillStyle = '#d9d2c5'
  context.fillRect(0, 0, 320, 240)
  disc(100, '#ffffff')
  disc(66, colour)
  return canvas.toDataURL('image/jpeg').split(',')[1] ?? ''
}
