/**
 * What the office did before the day began: a second waiter, a bar code on the cola, a burger whose
 * toppings can be had in every way, something to type in by hand, and a stock that stops a sale.
 */
export async function prepareMenu(api: string, token: string): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const burger = { category_id: 'burgers', tax_rate_id: 'sales', station_id: 'grill' }
  const changes = [
    { kind: 'staff', id: 'staff-nina', value: { name: 'Nina Berg', role: 'cashier', pin: '5555' } },
    { kind: 'menu_item', id: 'cola-bottle', value: COLA },
    { kind: 'modifier_group', id: 'toppings', value: TOPPINGS },
    {
      kind: 'menu_item',
      id: 'house-burger',
      value: {
        ...burger,
        name: 'House burger',
        price: 1_400,
        modifier_group_ids: ['toppings'],
        position: 30,
      },
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
        position: 31,
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
  ],
}
