import { findCentreMember, type CentreMember } from '../../../db/postgres/centre-members.ts'
import type { Database } from '../../../db/postgres/database.ts'
import { writeAsMember, type MemberDesk } from '../../../db/postgres/member-writes.ts'
import { withStores } from '../../../db/postgres/scope.ts'
import type { Catalog } from '../../../domain/catalog.ts'
import type { OpenCommand, OrderCommand } from '../../../domain/commands.ts'
import { isRevoked } from '../../../domain/roster.ts'
import { problemError, problemOf } from '../../api/problems.ts'
import { createCustomers } from '../../personal-data/customers.ts'
import { createKeyRing, type KeyRing } from '../../personal-data/key-ring.ts'
import type { MemberKeys } from '../../personal-data/new-data-key.ts'
import type { CentreKey } from './centre-key.ts'

export interface MemberDeps {
  readonly database: Pick<Database, 'sql'>
  /** Null: this centre has none, and so is a member of no store. */
  readonly key: CentreKey | null
  readonly maxItemsPerOrder: number
  readonly autoConfirm: boolean
  readonly nowMs: () => number
  readonly newId: () => string
}

/** What the centre works with while it holds a store's lock. */
export interface AsCentre {
  readonly desk: MemberDesk
  readonly ring: KeyRing
  readonly seal: (command: OpenCommand) => OrderCommand
}

/** Writes to a store as the member of it that the centre is; throws a problem where it is none. */
export function writeAsCentre<T>(
  deps: MemberDeps,
  storeId: string,
  work: (as: AsCentre) => Promise<T>,
): Promise<T> {
  return withStores(deps.database, [storeId], async (trx) => {
    const member = await findCentreMember(trx, storeId)
    if (member === null) throw problemError(readOnly(NEVER_ENROLLED))
    return writeAsMember(trx, storeId, member, deps, (desk) => {
      const catalog = desk.catalog()
      if (!catalog.device.has(member.deviceId)) throw problemError(readOnly(NOT_YET))
      if (isRevoked(catalog, member.deviceId)) throw problemError(readOnly(REMOVED))
      const ring = ringOf(deps, storeId, member, desk.catalog, desk.setRecords)
      if (ring === null) throw problemError(readOnly(OTHER_KEY))
      return work({ desk, ring, seal: sealingWith(ring, catalog, member) })
    })
  })
}

/** The keys of a store that the centre can open. Null: its own key is another one than it was. */
export function ringOf(
  { key, nowMs, newId }: Pick<MemberDeps, 'key' | 'nowMs' | 'newId'>,
  storeId: string,
  member: CentreMember,
  catalog: () => Catalog,
  setRecords: MemberDesk['setRecords'] = () => {},
): KeyRing | null {
  const privateKey = key?.open(purposeOf(storeId), member.sealedPrivateKey) ?? null
  if (privateKey === null) return null
  const { deviceId, publicKey } = member
  const keys: MemberKeys = { deviceId, publicKey, privateKey }
  return createKeyRing({ store: { deviceId, catalog, setRecords }, keys, nowMs, newId })
}

/** What the private key of the centre in a store is sealed for. */
export const purposeOf = (storeId: string): string => `device of ${storeId}`

/** Whoever was given no key shall make none either: nobody at the store would trust it. */
function sealingWith(ring: KeyRing, catalog: Catalog, { deviceId }: CentreMember) {
  const { seal } = createCustomers(ring)
  const mayKnowGuests = catalog.device.get(deviceId)?.publicKey !== undefined
  return (command: OpenCommand): OrderCommand => {
    const named = 'customer' in command ? (command.customer ?? null) : null
    if (named !== null && !mayKnowGuests) throw problemError(GUESTS_NOT_KEPT)
    return seal(command)
  }
}

const readOnly = (detail: string) => problemOf('store_read_only', detail)

const NEVER_ENROLLED =
  'The centre is no member of this store: it was never enrolled, or before centres could write. It can be read here, and changed on its devices.'
const NOT_YET =
  'The store has not let the centre in yet: the device that enrolled it has to upload its roster. Try again when it is online.'
const REMOVED = 'The store has removed the centre. It can be read here, and changed on its devices.'
const OTHER_KEY =
  "The centre's own key (AURA_CENTRAL_KEY) is missing, or another one than when the store was enrolled."
const GUESTS_NOT_KEPT = problemOf(
  'guests_not_kept',
  'This store lets the centre know nothing of its guests. Leave the customer out.',
)
