import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { recordSchemas } from '../../domain/catalog.ts'
import { orderCommandSchema } from '../../domain/commands.ts'
import { orderEventSchemas, recordEventSchemas } from '../../domain/events.ts'
import { hashesAnswerSchema, hashesAskedSchema } from '../../protocol/held-hashes.ts'
import { lookUpAnswerSchema, lookUpSchema } from '../../protocol/look-up.ts'
import { pairMessageSchema, PAIRING_PROTOCOL } from '../../protocol/pairing.ts'
import { frameSchema, PEER_PROTOCOL } from '../../protocol/peer.ts'
import { SCREENS_PROTOCOL, screenMessageSchema } from '../../protocol/screens.ts'
import { linkAnswerSchema, linkAskedSchema } from '../../protocol/tracking-links.ts'
import { answerSchema, uploadSchema, UPSTREAM_PROTOCOL } from '../../protocol/upstream.ts'

/**
 * The shape of everything that is stored or crosses a boundary, pinned. A change here is a decision:
 * what is in the log stays readable for ever (rule L4), and a wire that means something else gets a
 * new protocol number.
 */
const pinOf = (schema: z.ZodType): string =>
  createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })))
    .digest('hex')
    .slice(0, 16)

const pinsOf = (schemas: Record<string, z.ZodType>): Record<string, string> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, pinOf(schema)]))

test('[L4] the events of the log', () => {
  expect(pinsOf(orderEventSchemas)).toMatchInlineSnapshot(`
    {
      "order.also_marked": "29805940db3fb4e6",
      "order.approved": "700ac0004d4ecf1d",
      "order.cancelled": "6dd22c96cce46d43",
      "order.changes_seen": "b4089513ec22cb9d",
      "order.completed": "d231463913733f75",
      "order.confirmed": "dcba4df9e5af964b",
      "order.conflict_settled": "fceb6245e70306aa",
      "order.course_fired": "6e2c98c49e2ee6de",
      "order.course_held": "2a0e54e4d0f348d1",
      "order.created": "ec0b7e67effe82c9",
      "order.details_changed": "4e50db5d875c17f1",
      "order.discount_set": "42aefcd4ca5798c3",
      "order.fired": "609b4b499eab90be",
      "order.fired_also": "6d4178538a87afc3",
      "order.line_added": "f5a543fbb9fa30a3",
      "order.line_basis": "67c44e22ac9f58b5",
      "order.line_changed": "57d89f21373d06bc",
      "order.line_comped": "02db8fc555690546",
      "order.line_marked": "2e9d4da66ce2a09b",
      "order.line_moved": "6407f6f3fe385580",
      "order.line_seated": "8b6767f11f28d1ff",
      "order.line_voided": "76d0611e39c29206",
      "order.merged": "7914820fd1016ec8",
      "order.payment_cancel_asked": "3f25a82fbd96e2b5",
      "order.payment_failed": "ab552ff821bf1af6",
      "order.payment_intended": "055dbc8b50f20505",
      "order.payment_refunded": "de975a069705040c",
      "order.payment_taken": "5fc2b9671662621f",
      "order.payment_unclear": "fc52d8794f3f03e6",
      "order.preparing": "c21d7c1cc7be9d8a",
      "order.promised": "1ed113417d7425bf",
      "order.ready": "71fc69112fae3f1a",
      "order.refund_failed": "eb0c1416f97443bb",
      "order.refund_intended": "05a3a5810de47868",
      "order.service_charge_set": "9a452693e47686d3",
      "order.split_set": "f43950b3b84a95b5",
      "order.ticket_bumped": "9e940e8a0d9a4d5f",
      "order.ticket_recalled": "033246a423b31933",
      "order.ticket_seen": "3f7de20f98ad30a1",
      "order.tickets_handed": "fd5359ca467090f3",
      "order.tickets_rushed": "8db397f4f740cb7f",
      "order.voucher_sold": "c92e017a4d2beb94",
      "order.voucher_withdrawn": "41a1048e61bc53bf",
    }
  `)
})

test('[L4] the events of records', () => {
  expect(pinsOf(recordEventSchemas)).toMatchInlineSnapshot(`
    {
      "record.set": "1f1084a9d09397fe",
      "record.withdrawn": "92dfcc15b2ef6f1d",
    }
  `)
})

test('[L4] the records of the log', () => {
  expect(pinsOf(recordSchemas)).toMatchInlineSnapshot(`
    {
      "availability": "0e8f03bf1dc9b3e2",
      "category": "504a33902f0d5c77",
      "channel_tax": "2cf6f1ebbe389584",
      "combo": "b0995f0279a38b4c",
      "course": "f5ad0e7dea135667",
      "data_key": "3168999efe5088b1",
      "device": "6fa7f1fd4ac461e9",
      "device_screen": "910022d884db3e81",
      "dining_table": "b444bd86e26c3922",
      "favourites": "5eea5045c81d48a3",
      "ingredient": "28a56bec1fe49d4f",
      "inventory_settings": "ab8e372a421700e7",
      "item_details": "fe273cd8e27818fc",
      "item_picture": "5e947c224e66bc1b",
      "item_recipe": "b0a8a8128b2635f2",
      "key_wrap": "6a165a5bc2ab2eb7",
      "late_entries": "3405832ebfa13cbc",
      "menu_item": "4d8f84692c313f90",
      "message_text": "fc95e067d1811b2f",
      "modifier_group": "3e3614033c371fcd",
      "modifier_recipe": "cdf37aa300b33b49",
      "pacing": "f63ed9323714884c",
      "paper_language": "44209f4022c12809",
      "picture": "240d99fbb9d026f3",
      "pin_renewal": "3e0392799b0ca179",
      "price_level": "b04904f11583b32b",
      "printer": "a304205be80e504f",
      "receipt_text": "9a25fd389e8b2d08",
      "revocation": "e2004adb61ccaa3b",
      "room": "15041c1648c23236",
      "sale_times": "71ce8a4b5895fe68",
      "staff": "17eb5a824c167af5",
      "staff_language": "d84813ae997585d5",
      "station": "e2b2573f55c4254c",
      "store": "d670afaea964d6db",
      "table_place": "5186b630afed5df9",
      "tax_rate": "2030ec10383a9582",
      "till_rules": "9e9423fb8ac91bd7",
    }
  `)
})

test('the frames between peers, the uploads, the pairing and the calls of the screens', () => {
  expect(
    pinsOf({
      [`peer ${PEER_PROTOCOL}`]: frameSchema,
      [`upload ${UPSTREAM_PROTOCOL}`]: uploadSchema,
      [`upload answer ${UPSTREAM_PROTOCOL}`]: answerSchema,
      [`look-up ${UPSTREAM_PROTOCOL}`]: lookUpSchema,
      [`look-up answer ${UPSTREAM_PROTOCOL}`]: lookUpAnswerSchema,
      [`link ${UPSTREAM_PROTOCOL}`]: linkAskedSchema,
      [`link answer ${UPSTREAM_PROTOCOL}`]: linkAnswerSchema,
      [`hashes ${UPSTREAM_PROTOCOL}`]: hashesAskedSchema,
      [`hashes answer ${UPSTREAM_PROTOCOL}`]: hashesAnswerSchema,
      [`screens ${SCREENS_PROTOCOL}`]: screenMessageSchema,
      [`pair ${PAIRING_PROTOCOL}`]: pairMessageSchema,
      'order command': orderCommandSchema,
    }),
  ).toMatchInlineSnapshot(`
    {
      "hashes 1": "775516cc9e1f2ce7",
      "hashes answer 1": "1616615629e91f4e",
      "link 1": "48c95e368314721d",
      "link answer 1": "786e137f4c7f182a",
      "look-up 1": "91310d9490c3c57e",
      "look-up answer 1": "913acc9b224b3a8b",
      "order command": "5504517f086efcff",
      "pair 1": "b3e9af9ce6b9a2cd",
      "peer 5": "995478a5da47b2ae",
      "screens 1": "b856986758cc1b60",
      "upload 1": "3248ee7054b1bdd4",
      "upload answer 1": "eb312e696e62a42b",
    }
  `)
})

test('the pin notices a change', () => {
  const before = z.strictObject({ quantity: z.int() })
  const after = z.strictObject({ quantity: z.int().optional() })
  expect(pinOf(before)).not.toBe(pinOf(after))
})
