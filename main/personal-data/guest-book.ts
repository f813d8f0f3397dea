import { randomBytes } from 'node:crypto'
import {
  CUSTOMER_FIELDS,
  type Customer,
  type SealedCustomer,
  type SealedFields,
} from '../../domain/customer.ts'
import type { CustomerKey } from '../../domain/customer-keys.ts'
import { readCustomerRecord, type CustomerRecord } from '../../domain/customer-record.ts'
import type { JournalEvent, JournalLine } from '../../domain/journal.ts'
import type { Language } from '../../domain/notices.ts'
import type { Rejection } from '../../domain/rejections.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { KeyRing } from './key-ring.ts'
import { dataKeyOf, hashOfEmail, hashOfPhone, openText, sealText, type DataKey } from './seal.ts'

/**
 * The store's customers. One is found by phone or e-mail, through keyed hashes; what is known of him
 * is sealed with a key of his own, and so is what his orders say:
 *
 *     a device's key ──wraps──▶ the store's data key ──wraps──▶ the customer's key ──seals──▶ fields
 *          in the log                  in the log               beside the log, destroyed on erasure
 */
export interface GuestKeys {
  readonly find: (keyId: string) => CustomerKey | null
  readonly ofCustomer: (customerId: string) => readonly CustomerKey[]
  readonly withHash: (hashes: readonly string[]) => readonly CustomerKey[]
}

export interface GuestBookDeps {
  readonly ring: Pick<KeyRing, 'sealing' | 'find' | 'all'>
  readonly keys: GuestKeys
  readonly linesAbout: (customerId: string) => readonly JournalLine[]
  readonly newId: () => string
}

export interface GuestBook {
  readonly record: (customerId: string) => CustomerRecord
  /** What is written of a customer alone. Null: nothing, or it cannot be read. */
  readonly details: (customerId: string) => Customer | null
  /** Ids of customers whose phone or e-mail it is now. */
  readonly findByContact: (contact: Contact) => string[]
  /** The key, opened. Null: it is not here, or was destroyed. */
  readonly open: (keyId: string) => DataKey | null
  /** What is to be written down of a customer whom an order names, or whom somebody edits. */
  readonly write: (wish: GuestWish) => Result<GuestWriting, CustomerErased>
}

export type Contact = Pick<Customer, 'phone' | 'email'>
export type CustomerErased = Extract<Rejection, { code: 'customer_erased' }>

export interface GuestWish {
  /** Null: whoever has this phone or e-mail, or else somebody new. */
  readonly customerId: string | null
  /** Whom the order names already. */
  readonly heldId?: string | null
  readonly customer: Customer
  /** Fields that are not given are taken away, and not left as they are. */
  readonly isWhole?: boolean
  readonly language?: Language
}

export interface GuestWriting {
  readonly customerId: string
  readonly key: DataKey
  /** To be kept before anything that is sealed with it is written. */
  readonly newKey: CustomerKey | null
  readonly lines: readonly JournalEvent[]
}

const SECRET_BYTES = 32
/** Customers who share a phone: a family, or somebody taken down twice while devices were apart. */
const MAX_SHARED = 50

export function createGuestBook({ ring, keys, linesAbout, newId }: GuestBookDeps): GuestBook {
  const opened = new Map<string, DataKey>()

  /** Asked of the table each time: a key that was destroyed must open nothing more. */
  function open(keyId: string): DataKey | null {
    const row = keys.find(keyId)
    return row && unwrap(row)
  }

  function unwrap({ id, customerId, dataKey, wrapped }: CustomerKey): DataKey | null {
    const known = opened.get(id)
    if (known !== undefined) return known
    const wrapping = ring.find(dataKey)
    const secret = wrapping && openText(wrapping, wrapped, { customerId, keyId: id })
    const key = secret === null ? null : dataKeyOf(Buffer.from(secret, 'base64url'))
    // The id is a hash of the key: nobody slips another one in under it.
    if (key === null || key.id !== id) return null
    if (opened.size >= MAX_OPENED) opened.clear()
    opened.set(id, key)
    return key
  }

  const record = (customerId: string): CustomerRecord => readCustomerRecord(linesAbout(customerId))

  function detailsOf(customerId: string, { written }: CustomerRecord): Customer | null {
    const key = written && open(written.value.key)
    return key && openFields(key, written.value.sealed, (field) => ({ customerId, field }))
  }

  function details(customerId: string): Customer | null {
    const found = record(customerId)
    return found.erasedAt === null ? detailsOf(customerId, found) : null
  }

  function hashesOf(key: DataKey, { phone, email }: Contact) {
    return {
      phoneHash: phone === undefined ? null : hashOfPhone(key, phone),
      emailHash: email === undefined ? null : hashOfEmail(key, email),
    }
  }

  /** A key that a former phone led to leads nowhere any more. */
  function findByContact(contact: Contact): string[] {
    const hashes = ring.all().flatMap((key) => {
      const { phoneHash, emailHash } = hashesOf(key, contact)
      return [phoneHash, emailHash].filter((hash) => hash !== null)
    })
    const candidates = keys.withHash(hashes).slice(0, MAX_SHARED)
    const current = candidates.filter(
      ({ id, customerId }) => record(customerId).written?.value.key === id,
    )
    return [...new Set(current.map(({ customerId }) => customerId))].toSorted()
  }

  function whoIs({ customerId, heldId = null, customer }: GuestWish): string {
    if (customerId !== null) return customerId
    // By the phone first: a family shares an address of mail sooner than a phone.
    const { phone, email } = customer
    const [byPhone] = phone === undefined ? [] : findByContact({ phone })
    if (byPhone !== undefined) return byPhone
    const [byEmail] = email === undefined ? [] : findByContact({ email })
    if (byEmail !== undefined) return byEmail
    const hasContact = phone !== undefined || email !== undefined
    if (hasContact || heldId === null || record(heldId).erasedAt !== null) return newId()
    return heldId
  }

  function write(wish: GuestWish): Result<GuestWriting, CustomerErased> {
    const customerId = whoIs(wish)
    const before = record(customerId)
    if (before.erasedAt !== null) return refuse({ code: 'customer_erased', customerId })
    const known = detailsOf(customerId, before)
    const now: Customer = wish.isWhole === true ? wish.customer : { ...known, ...wish.customer }
    const language = wish.language ?? before.written?.value.language
    const { key, newKey } = keyFor(customerId, now)
    const isKnown =
      newKey === null &&
      before.written?.value.key === key.id &&
      before.written.value.language === language &&
      CUSTOMER_FIELDS.every((field) => known?.[field] === now[field])
    const value = {
      version: before.nextVersion,
      key: key.id,
      sealed: sealFields(key, now, (field) => ({ customerId, field })),
      ...(language !== undefined && { language }),
    }
    const line: JournalEvent = {
      type: 'journal.written',
      kind: 'customer_written',
      id: newId(),
      about: customerId,
      value,
    }
    return ok({ customerId, key, newKey, lines: isKnown ? [] : [line] })
  }

  /** A key that a removed device could open seals nothing new. */
  function keyFor(customerId: string, customer: Contact) {
    const wrapping = ring.sealing()
    const hashes = hashesOf(wrapping, customer)
    for (const row of keys.ofCustomer(customerId)) {
      const { dataKey, phoneHash, emailHash } = row
      if (dataKey !== wrapping.id) continue
      if (phoneHash !== hashes.phoneHash || emailHash !== hashes.emailHash) continue
      const key = unwrap(row)
      if (key !== null) return { key, newKey: null }
    }
    const secret = randomBytes(SECRET_BYTES)
    const key = dataKeyOf(secret)
    const wrapped = sealText(wrapping, secret.toString('base64url'), { customerId, keyId: key.id })
    const newKey: CustomerKey = {
      id: key.id,
      customerId,
      dataKey: wrapping.id,
      wrapped,
      ...hashes,
    }
    return { key, newKey }
  }

  return { record, details, findByContact, open, write }
}

/** Keys that stay opened in memory; the table says whether one still counts. */
const MAX_OPENED = 2_000

type PlaceOf = (field: keyof Customer) => Parameters<typeof sealText>[2]

export function sealFields(key: DataKey, customer: Customer, placeOf: PlaceOf): SealedFields {
  const sealed: Partial<Record<keyof Customer, string>> = {}
  for (const field of CUSTOMER_FIELDS) {
    const text = customer[field]
    if (text !== undefined) sealed[field] = sealText(key, text, placeOf(field))
  }
  return sealed
}

/** Null where one of them does not open. */
export function openFields(
  key: DataKey,
  sealed: SealedCustomer['sealed'],
  placeOf: PlaceOf,
): Customer | null {
  const fields: Partial<Record<keyof Customer, string>> = {}
  for (const field of CUSTOMER_FIELDS) {
    const text = sealed[field]
    if (text === undefined) continue
    const read = openText(key, text, placeOf(field))
    if (read === null) return null
    fields[field] = read
  }
  return fields
}
