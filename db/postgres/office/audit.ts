import { toPgText } from '../../../domain/nul-free-text.ts'
import type { Sql } from '../rows.ts'

/** Who did what in the back office. Ids alone: no e-mail, no name, no address. */

export type OfficeAction =
  | 'signed_in'
  | 'sign_in_failed'
  | 'signed_out'
  | 'user_created'
  | 'user_changed'
  | 'password_changed'
  | 'enroll_code_made'
  | 'exported'

export interface AuditLine {
  readonly at: Date
  /** Null: nobody who is known, or the command line. */
  readonly userId: string | null
  readonly action: OfficeAction
  /** A user's id or a store's. */
  readonly subject?: string
  readonly changed?: readonly string[]
}

export async function writeAudit(db: Sql, line: AuditLine): Promise<void> {
  await db
    .insertInto('office_audit')
    .values({
      at: line.at,
      user_id: line.userId,
      action: line.action,
      subject: line.subject === undefined ? null : toPgText(line.subject),
      changed: line.changed === undefined ? null : line.changed.join(' '),
    })
    .execute()
}
