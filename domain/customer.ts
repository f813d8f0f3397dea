import { z } from 'zod'
import { plainText } from './text.ts'

/**
 * Who an order is for. What is said of a guest is personal data: in the log and in every table it is
 * sealed with a key of the store that its members alone hold, and the fold only hands it on. A
 * terminal seals it where a command comes in and opens it where it is shown.
 */
export const customerSchema = z.strictObject({
  name: plainText(120).optional(),
  phone: plainText(40).optional(),
  email: plainText(200).optional(),
  address: plainText(300).optional(),
})
export type Customer = z.infer<typeof customerSchema>

export const CUSTOMER_FIELDS = Object.keys(customerSchema.shape) as (keyof Customer)[]

/** Cipher text in base64url: of 300 characters of four bytes each, and what sealing adds. */
const cipherText = z
  .string()
  .max(1_700)
  .regex(/^[A-Za-z0-9_-]+$/)

/** Each for itself. */
export const sealedFieldsSchema = z.strictObject({
  name: cipherText.optional(),
  phone: cipherText.optional(),
  email: cipherText.optional(),
  address: cipherText.optional(),
})
export type SealedFields = z.infer<typeof sealedFieldsSchema>

export const sealedCustomerSchema = z.strictObject({
  /** The id of the customer's key (see customer-keys.ts); before there were any, of a data key. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
  sealed: sealedFieldsSchema,
  /** Of what a data key sealed; of a customer who has a key, it lies beside the key. */
  phoneHash: z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/)
    .optional(),
})
export type SealedCustomer = z.infer<typeof sealedCustomerSchema>

/** As it lies in the log. In the clear it is only where it was written before stores had keys. */
export const storedCustomerSchema = z.union([sealedCustomerSchema, customerSchema])
export type StoredCustomer = z.infer<typeof storedCustomerSchema>

export const isSealed = (customer: StoredCustomer): customer is SealedCustomer =>
  'sealed' in customer

interface CustomerParts extends Partial<Pick<SealedCustomer, 'key' | 'phoneHash'>> {
  readonly fields: Customer
}

/** The fields as they lie there, sealed or not, and what belongs to them. */
export function customerParts(customer: StoredCustomer | null): CustomerParts {
  if (customer === null) return NO_PARTS
  if (!isSealed(customer)) return { fields: customer }
  const { sealed, ...rest } = customer
  return { fields: sealed, ...rest }
}

const NO_PARTS: CustomerParts = { fields: {} }

/** As it is shown. `locked`: there is one, and who asks may not, or cannot, read it. */
export interface ShownCustomer extends Customer {
  readonly locked?: true
  /** Nobody can read it any more. */
  readonly erased?: true
}

export const LOCKED_CUSTOMER: ShownCustomer = { locked: true }
export const ERASED_CUSTOMER: ShownCustomer = { locked: true, erased: true }
