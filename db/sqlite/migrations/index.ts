import type { Migration } from 'kysely/migration'
import { firstSchema } from './0001-first-schema.ts'
import { addRuns } from './0002-runs.ts'
import { sealedCustomers } from './0003-sealed-customers.ts'
import { validFrom } from './0004-valid-from.ts'
import { cardPayments } from './0006-card-payments.ts'
import { addPrintJobs } from './0007-print-jobs.ts'
import { addJournal } from './0008-journal.ts'
import { jobsAndWebhooks } from './0010-jobs-and-webhooks.ts'
import { addSignInTries } from './0011-people.ts'
import { customerKeys } from './0012-customer-keys.ts'
import { addStock } from './0013-stock.ts'
import { vouchers } from './0014-vouchers.ts'
import { courses } from './0015-courses.ts'
import { ringingUp } from './0016-ringing-up.ts'
import { promises } from './0017-promises.ts'
import { kitchen } from './0018-kitchen.ts'
import { receiptsOfChecks } from './0020-receipts-of-checks.ts'

/** In order of their names; one that was released is never changed again. */
export const migrations: Record<string, Migration> = {
  '0001-first-schema': firstSchema,
  '0002-runs': addRuns,
  '0003-sealed-customers': sealedCustomers,
  '0004-valid-from': validFrom,
  '0006-card-payments': cardPayments,
  '0007-print-jobs': addPrintJobs,
  '0008-journal': addJournal,
  '0010-jobs-and-webhooks': jobsAndWebhooks,
  '0011-people': addSignInTries,
  '0012-customer-keys': customerKeys,
  '0013-stock': addStock,
  '0014-vouchers': vouchers,
  '0015-courses': courses,
  '0016-ringing-up': ringingUp,
  '0017-promises': promises,
  '0018-kitchen': kitchen,
  '0020-receipts-of-checks': receiptsOfChecks,
}

/** After these, what the log gave before is folded again into the new columns. */
export const REFOLDING: readonly string[] = ['0013-stock']
