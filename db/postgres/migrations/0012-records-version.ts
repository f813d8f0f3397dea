import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * A name for what a store's records are just now, another one after each change of any of them,
 * whoever makes it: a process that has read them asks for the name before it goes by what it read. By a
 * trigger, so that no writer can forget it; random, so that a backup put back does not come by a name
 * that something else had.
 */
const noteChanges = `
CREATE FUNCTION note_records_changed() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  UPDATE stores SET records_version = gen_random_uuid()
  WHERE store_id IN (SELECT store_id FROM changed);
  RETURN NULL;
END
$function$`

const triggerOn = (event: string, rows: 'NEW' | 'OLD'): string => `
CREATE TRIGGER records_changed_by_${event.toLowerCase()} AFTER ${event} ON records
REFERENCING ${rows} TABLE AS changed
FOR EACH STATEMENT EXECUTE FUNCTION note_records_changed()`

export const recordsVersion: Migration = {
  async up(db: Kysely<unknown>) {
    const statements = [
      'ALTER TABLE stores ADD COLUMN records_version uuid NOT NULL DEFAULT gen_random_uuid()',
      noteChanges,
      triggerOn('INSERT', 'NEW'),
      triggerOn('UPDATE', 'NEW'),
      triggerOn('DELETE', 'OLD'),
    ]
    for (const statement of statements) await sql.raw(statement).execute(db)
  },
}
