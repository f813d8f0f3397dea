import type { OfficeRole } from '../../../protocol/office/session.ts'

export const OFFICE_ROLE_NAMES: Record<OfficeRole, string> = {
  admin: 'Administrator',
  manager: 'Manager',
  viewer: 'Accountant',
}

export const ROLE_HINTS: Record<OfficeRole, string> = {
  admin: 'Everything, and users and stores',
  manager: 'Orders, menu and reports of the stores given',
  viewer: 'Reports and exports, without names',
}
