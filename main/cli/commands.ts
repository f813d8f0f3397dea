import type { Command } from './command.ts'
import { centralEnrollCode, centralToken } from './central-commands.ts'
import { enroll } from './enroll-commands.ts'
import { digest, rebuild, status, verify } from './log-commands.ts'
import { menuExport, menuImport } from './menu-commands.ts'
import { pair } from './pair-command.ts'
import { paymentTerminal } from './payment-terminal-command.ts'
import { report } from './report-command.ts'
import { central, terminal } from './run-commands.ts'
import { storeCreate, tokenCreate } from './store-commands.ts'
import { unpair } from './unpair-command.ts'

const notYet = (name: string, summary: string): Command => ({
  name,
  summary,
  options: {},
  run: null,
})

/** Everything that `aura` answers to, in the order of the overview. */
export const commands: readonly Command[] = [
  storeCreate,
  terminal,
  central,
  pair,
  unpair,
  enroll,
  centralEnrollCode,
  centralToken,
  tokenCreate,
  status,
  verify,
  rebuild,
  digest,
  notYet('backup', 'Makes an online copy of a device.'),
  notYet('restore', 'Makes a device from a copy.'),
  menuImport,
  menuExport,
  report,
  paymentTerminal,
]
