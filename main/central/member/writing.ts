import { memberForWriting, type CentreMember } from '../../../db/postgres/centre-members.ts'
import type { Database } from '../../../db/postgres/database.ts'
import type { KeptRecords } from '../../../db/postgres/kept-records.ts'
import { writeAsMember, type MemberDesk } from '../../../db/postgres/member-writes.ts'
import type { Sql } from '../../../db/postgres/rows.ts'
import { withStores } from '../../../db/postgres/scope.ts'
import { lockStore } from '../../../db/postgres/store.ts'
import type { Catalog, RecordValue } from '../../../domain/catalog.ts'
import type { OpenCommand } from '../../../domain/commands.ts'
import { childDeviceCode } from '../../../domain/ids.ts'
import { originsOf } from '../../../domain/late-entries.ts'
import { toPgText } from '../../../domain/nul-free-text.ts'
import type { Result } from '../../../domain/result.ts'
import { isRevoked } from '../../../domain/roster.ts'
import { problemError, problemOf } from '../../api/problems.ts'
import type { SealedWish } from '../../personal-data/customers.ts'
import type { CustomerErased } from '../../personal-data/guest-book.ts'
import { createKeyRing, type KeyRing } from '../../personal-data/key-ring.ts'
import type { MemberKeys } from '../../personal-data/new-data-key.ts'
import { createCentreGuests, type CentreGuests } from './centre-guests.ts'
import type { CentreKey } from './centre-key.ts'

export interface MemberDeps {
  readonly records: KeptRecords
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
  readonly trx: Sql
  readonly guests: CentreGuests
  readonly seal: (command: OpenCommand) => Promise<Result<SealedWish, CustomerErased>>
  /** Throws a problem where the store lets the centre know nothing of its guests. */
  readonly mustKnowGuests: () => void
}

/** Writes to a store as the member of it that the centre is; throws a problem where it is none. */
export function writeAsCentre<T>(
  deps: MemberDeps,
  storeId: string,
  work: (as: AsCentre) => Promise<T>,
): Promise<T> {
  return withStores(deps.database, [storeId], async (trx) => {
    await lockStore(trx, toPgText(storeId))
    const member = await memberForWriting(trx, storeId, deps.newId)
    if (member === null) throw problemError(readOnly(NEVER_ENROLLED))
    return writeAsMember(trx, storeId, member, deps, (desk) => {
      const catalog = desk.catalog()
      const device = catalog.device.get(member.deviceId)
      if (device === undefined) throw problemError(readOnly(NOT_YET))
      if (isRevoked(catalog, member.deviceId)) throw problemError(readOnly(REMOVED))
      const ring = ringOf(deps, storeId, member, desk.catalog, desk.setRecords)
      if (ring === null) throw problemError(readOnly(OTHER_KEY))
      if (!originsOf(device).includes(member.origin)) nameOrigin(deps, desk, device, member)
      const guests = createCentreGuests(toPgText(storeId), deps.newId)
      const mustKnowGuests = knowingGuests(catalog, member)
      const seal = (command: OpenCommand) => {
        if ('customer' in command && command.customer) mustKnowGuests()
        return guests.seal(trx, ring, command)
      }
      return work({ desk, ring, trx, guests, seal, mustKnowGuests })
    })
  })
}

/**
 * A log that was begun because the database had been put back. Orders of before may come back with
 * numbers that are not known now, so new ones are counted under another code: the centre hands out a
 * branch of its own to itself (rule N1).
 */
function nameOrigin(
  { nowMs, newId }: Pick<MemberDeps, 'nowMs' | 'newId'>,
  desk: MemberDesk,
  device: RecordValue<'device'>,
  { deviceId, origin }: CentreMember,
): void {
  const { laterOrigins = [] } = device
  const value = {
    ...device,
    code: childDeviceCode(firstCodeOf(device), laterOrigins.length),
    laterOrigins: [...laterOrigins, origin],
  }
  const at = new Date(nowMs()).toISOString()
  const command = [{ type: 'record.set', kind: 'device', id: deviceId, value }] as const
  desk.setRecords({ id: newId(), at, actor: `device:${deviceId}`, command })
}

/** Without the branch that it handed to itself the last time. */
const firstCodeOf = ({ code, laterOrigins = [] }: RecordValue<'device'>): string =>
  laterOrigins.length === 0 ? code : code.replace(/\d*[A-Z]$/, '')

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
const knowingGuests =
  (catalog: Catalog, { deviceId }: CentreMember) =>
  (): void => {
    if (catalog.device.get(deviceId)?.publicKey === undefined) throw problemError(GUESTS_NOT_KEPT)
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
