import { backup, restore } from './backup-commands.ts'
import type { Command } from './command.ts'
import { centralEnrollCode, centralToken } from './central-commands.ts'
import { diagnostics, doctor } from './doctor-commands.ts'
import { enroll } from './enroll-commands.ts'
import {
  centralPrune,
  centralPutBack,
  centralRebuild,
  centralVerify,
} from './central-log-commands.ts'
import { digest, rebuild, status, verify } from './log-commands.ts'
import { menuExport, menuImport } from './menu-commands.ts'
import { centralUser } from './office-commands.ts'
import { pair } from './pair-command.ts'
import { printerList, printerRemove, printerSet, printerTest } from './printer-commands.ts'
import { paymentTerminal } from './payment-terminal-command.ts'
import { pushKeys } from './push-command.ts'
import { report } from './report-command.ts'
import { central, terminal } from './run-commands.ts'
import { storeCreate } from './store-commands.ts'
import { token } from './token-command.ts'
import { unpair } from './unpair-command.ts'

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
  centralVerify,
  centralRebuild,
  centralPrune,
  centralPutBack,
  centralUser,
  token,
  status,
  verify,
  rebuild,
  digest,
  backup,
  restore,
  doctor,
  diagnostics,
  menuImport,
  menuExport,
  printerSet,
  printerList,
  printerTest,
  printerRemove,
  pushKeys,
  report,
  paymentTerminal,
]
