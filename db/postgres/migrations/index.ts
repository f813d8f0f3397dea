import type { Migration } from 'kysely/migration'
import { firstSchema } from './0001-first-schema.ts'
import { positions } from './0002-positions.ts'
import { sealedCustomers } from './0003-sealed-customers.ts'
import { credentials } from './0004-credentials.ts'
import { centreAsAMember } from './0005-centre-as-a-member.ts'
import { officeUsers } from './0006-office-users.ts'
import { running } from './0007-running.ts'
import { validFrom } from './0008-valid-from.ts'
import { cardPayments } from './0009-card-payments.ts'
import { addJournal } from './0010-journal.ts'
import { reports } from './0011-reports.ts'
import { prunedShapes } from './0012-pruned-shapes.ts'
import { recordsVersion } from './0012-records-version.ts'
import { auditOrder } from './0014-audit.ts'
import { customerKeys } from './0015-customer-keys.ts'
import { addStock } from './0016-stock.ts'
import { vouchers } from './0017-vouchers.ts'
import { courses } from './0018-courses.ts'
import { ringingUp } from './0019-ringing-up.ts'
import { promises } from './0020-promises.ts'
import { kitchen } from './0021-kitchen.ts'

/** In the order in which they run. A migration that was released is never changed. */
export const migrations: Record<string, Migration> = {
  '0001-first-schema': firstSchema,
  '0002-positions': positions,
  '0003-sealed-customers': sealedCustomers,
  '0004-credentials': credentials,
  '0005-centre-as-a-member': centreAsAMember,
  '0006-office-users': officeUsers,
  '0007-running': running,
  '0008-valid-from': validFrom,
  '0009-card-payments': cardPayments,
  '0010-journal': addJournal,
  '0011-reports': reports,
  '0012-pruned-shapes': prunedShapes,
  '0012-records-version': recordsVersion,
  '0014-audit': auditOrder,
  '0015-customer-keys': customerKeys,
  '0016-stock': addStock,
  '0017-vouchers': vouchers,
  '0018-courses': courses,
  '0019-ringing-up': ringingUp,
  '0020-promises': promises,
  '0021-kitchen': kitchen,
}

/** After these, what the log gave before is folded again into the new columns. */
export const REFOLDING: readonly string[] = ['0016-stock']
