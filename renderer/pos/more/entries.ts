import type { Catalog, Role } from '../../../domain/catalog.ts'
import { mayCommand, mayManageDevices } from '../../../domain/roles.ts'
import { openSheet, toggle86Mode, type Sheet } from '../store.ts'
import type { PlainKey } from '../../words/spoken.ts'

/** What stands behind “More”: everything of the till that is not needed with every guest. */
export interface Entry {
  readonly id: string
  readonly group: Group
  readonly name: PlainKey
  readonly about: PlainKey
  readonly open: () => void
  /** Whether somebody may, and there is something to see. */
  readonly isThere: (role: Role, catalog: Catalog) => boolean
}

export const GROUPS = ['money', 'menu', 'store'] as const
type Group = (typeof GROUPS)[number]

const isManager = (role: Role): boolean => role === 'manager' || role === 'admin'
const sheet = (kind: Extract<Sheet, { readonly kind: Simple }>['kind']) => () => openSheet({ kind })
type Simple =
  | 'drawer'
  | 'vouchers'
  | 'reports'
  | 'stock'
  | 'devices'
  | 'printers'
  | 'audit'
  | 'settings'

export const ENTRIES: readonly Entry[] = [
  {
    id: 'drawer',
    group: 'money',
    name: 'drawer.title',
    about: 'till.about_drawer',
    open: sheet('drawer'),
    isThere: (role) => role !== 'service',
  },
  {
    id: 'vouchers',
    group: 'money',
    name: 'pay.vouchers',
    about: 'pay.vouchersEntry',
    open: sheet('vouchers'),
    isThere: (role) => mayCommand(role, 'takePayment'),
  },
  {
    id: 'reports',
    group: 'money',
    name: 'reports.title',
    about: 'till.about_reports',
    open: sheet('reports'),
    isThere: isManager,
  },
  {
    id: 'mode86',
    group: 'menu',
    name: 'till.mode86',
    about: 'till.about_mode86',
    open: toggle86Mode,
    isThere: isManager,
  },
  {
    id: 'stock',
    group: 'menu',
    name: 'stock.title',
    about: 'till.about_stock',
    open: sheet('stock'),
    isThere: isManager,
  },
  {
    id: 'devices',
    group: 'store',
    name: 'devices.title',
    about: 'till.about_devices',
    open: sheet('devices'),
    isThere: mayManageDevices,
  },
  {
    id: 'printers',
    group: 'store',
    name: 'printers.title',
    about: 'till.about_printers',
    open: sheet('printers'),
    isThere: (role, catalog) => isManager(role) || catalog.printer.size > 0,
  },
  {
    id: 'settings',
    group: 'store',
    name: 'front.settings',
    about: 'front.settingsEntry',
    open: sheet('settings'),
    isThere: isManager,
  },
  {
    id: 'audit',
    group: 'store',
    name: 'audit.title',
    about: 'till.about_audit',
    open: sheet('audit'),
    isThere: mayManageDevices,
  },
]
