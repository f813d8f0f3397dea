import type { OfficeRole } from '../../protocol/office/session.ts'

/** Where one can go, and who. The centre refuses what a role may not; here it is not even offered. */
export interface Place {
  readonly path: readonly string[]
  readonly name: string
  readonly roles: readonly OfficeRole[]
}

export const EVERYONE: readonly OfficeRole[] = ['admin', 'manager', 'viewer']
const MANAGERS: readonly OfficeRole[] = ['admin', 'manager']
const ADMINS: readonly OfficeRole[] = ['admin']

export const OF_STORE: readonly Place[] = [
  { path: [], name: 'Day', roles: EVERYONE },
  { path: ['reports'], name: 'Reports', roles: EVERYONE },
  { path: ['orders'], name: 'Orders', roles: MANAGERS },
  { path: ['conflicts'], name: 'To settle', roles: MANAGERS },
  { path: ['devices'], name: 'Devices', roles: EVERYONE },
]
export const EDITING: readonly Place[] = [
  { path: ['menu'], name: 'Menu', roles: MANAGERS },
  { path: ['prices'], name: 'Prices and times', roles: MANAGERS },
  { path: ['stock'], name: 'Stock', roles: MANAGERS },
  { path: ['staff'], name: 'Staff', roles: ADMINS },
  { path: ['tables'], name: 'Tables', roles: MANAGERS },
  { path: ['settings'], name: 'Store settings', roles: MANAGERS },
  { path: ['changes'], name: 'Changes', roles: MANAGERS },
]
export const OF_ALL: readonly Place[] = [
  { path: ['users'], name: 'Users', roles: ADMINS },
  { path: ['add-store'], name: 'Add a store', roles: ADMINS },
]

const EVERY_PLACE = { store: [...OF_STORE, ...EDITING], all: OF_ALL }

/** Whether the role may be at an address: one that stands in no list is told elsewhere. */
export const mayBeAt = (
  role: OfficeRole,
  of: keyof typeof EVERY_PLACE,
  [first = '']: readonly string[],
): boolean =>
  EVERY_PLACE[of].find(({ path }) => (path[0] ?? '') === first)?.roles.includes(role) ?? true
