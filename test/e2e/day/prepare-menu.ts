/**
 * What the office did before the day began: a second waiter, a bar code on the cola, a burger whose
 * toppings can be had in every way and of which one asks for more, something to type in by hand, a
 * station that makes a part of what another one makes, and a stock that stops a sale.
 */
export async function prepareMenu(api: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const burger = { category_id: 'burgers', tax_rate_id: 'sales', station_id: 'grill' }
  const changes = [
    { kind: 'staff', id: 'staff-nina', value: { name: 'Nina Berg', role: 'cashier', pin: '5555' } },
    { kind: 'menu_item', id: 'cola-bottle', value: COLA },
    { kind: 'modifier_group', id: 'second-patty', value: SECOND_PATTY },
    { kind: 'modifier_group', id: 'toppings', value: TOPPINGS },
    { kind: 'station', id: 'cold', value: COLD },
    {
      kind: 'menu_item',
      id: 'house-burger',
      value: {
        ...burger,
        name: 'House burger',
        price: 1_400,
        modifier_group_ids: ['toppings'],
        position: 10,
      },
    },
    {
      kind: 'item_details',
      id: 'house-burger',
      value: { allergens: ['gluten', 'milk', 'nuts'], texts: [] },
    },
    {
      kind: 'menu_item',
      id: 'open-food',
      value: {
        ...burger,
        name: 'Open food',
        price: 0,
        modifier_group_ids: [],
        open: true,
        position: 11,
      },
    },
    { kind: 'inventory_settings', id: 'store', value: { sold_out_by: 'items' } },
  ]
  const answer = await fetch(`${api}/api/v1/menu/changes`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ changes }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

export const COLA_CODE: string = '5449000000996'

const COLA = {
  name: 'Cola (bottle)',
  category_id: 'drinks',
  price: 350,
  tax_rate_id: 'sales',
  station_id: null,
  modifier_group_ids: [],
  position: 7,
  barcodes: [COLA_CODE],
}

const TOPPINGS = {
  name: 'Toppings',
  position: 90,
  min: 0,
  max: 3,
  preparations: ['no', 'extra', 'side'],
  modifiers: [
    { id: 'top_lettuce', name: 'Lettuce', price: 0, standard: true },
    { id: 'top_sauce', name: 'House sauce', price: 50 },
    { id: 'top_cheese', name: 'Blue cheese', price: 150, extra_price: 100 },
    { id: 'top_patty', name: 'Second patty', price: 450, opens: ['second-patty'] },
  ],
}

/** Behind one of the toppings: how the second patty is to be. */
const SECOND_PATTY = {
  name: 'On the second patty',
  position: 91,
  min: 1,
  max: 1,
  modifiers: [
    { id: 'patty_plain', name: 'Nothing', price: 0 },
    { id: 'patty_cheddar', name: 'Cheddar', price: 125 },
  ],
}

/** As in the demo, and its garnish comes on each bacon burger. */
const COLD = {
  name: 'Salads & desserts',
  position: 1,
  warn_after_seconds: 300,
  late_after_seconds: 540,
  also_makes_item_ids: ['burger-bacon'],
}
