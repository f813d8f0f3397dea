import type { RestOrder } from '../../protocol/rest/order.ts'

export interface Seller {
  /** Where the device serves its API: `http://127.0.0.1:PORT`. */
  readonly api: string
  readonly token: string
}

/** Rings up burgers to take away over REST, as another program would. Throws what was answered if not 201. */
export async function sellBurger({ api, token }: Seller, quantity = 1): Promise<RestOrder> {
  const sold = await fetch(`${api}/api/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      order_type: 'takeout',
      items: [{ menu_item_id: 'burger-classic', quantity }],
    }),
  })
  if (sold.status !== 201) throw new Error(`${sold.status} ${await sold.text()}`)
  return (await sold.json()) as RestOrder
}
