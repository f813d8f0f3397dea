import { mayManageDevices } from '../../domain/roles.ts'
import type { SignedIn } from '../../protocol/screens.ts'
import { Toggle } from '../ui/Button.tsx'
import { say } from '../words/say.ts'
import { closeSheet, openSheet, useTill } from './store.ts'

/** Opens and closes the sheet of devices, for those who may let them in and remove them. */
export function DevicesToggle({ staff }: { readonly staff: SignedIn }) {
  const isShown = useTill((till) => till.sheet?.kind === 'devices')
  if (!mayManageDevices(staff.role)) return null
  return (
    <Toggle
      isSelected={isShown}
      onChange={(isSelected) => (isSelected ? openSheet({ kind: 'devices' }) : closeSheet())}
    >
      {say('devices.title')}
    </Toggle>
  )
}
