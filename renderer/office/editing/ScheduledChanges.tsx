import { useState } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { scheduledPage, withdrawOut } from '../../../protocol/rest/changes.ts'
import { Button } from '../../ui/Button.tsx'
import { newId } from '../../ui/new-id.ts'
import { allOf, useAnswer } from '../answers.ts'
import { useClient } from '../client-context.ts'
import { FormMessage, type FormState } from '../parts/FormMessage.tsx'
import { Section } from '../parts/Page.tsx'
import { wordsOf } from '../stores.ts'
import { ChangeCard } from './ChangeCard.tsx'
import { CHANGES_PATH } from './changes-body.ts'
import styles from './Editing.module.css'
import { useRecords } from './records.ts'
import { titleOfRecord } from './subjects.ts'

/** What comes by itself when its time has come, the next first; each can be taken back until then. */
export function ScheduledChanges({ store }: { readonly store: StoreLine }) {
  const client = useClient()
  const storeId = store.store_id
  const words = wordsOf(store)
  const scheduled = useAnswer(
    allOf({
      path: CHANGES_PATH,
      query: { limit: String(MAX_PAGE) },
      storeId,
      schema: scheduledPage,
    }),
  )
  const { records } = useRecords(storeId)
  const [state, setState] = useState<FormState>(null)
  const takeBack = async (changeId: string, title: string) => {
    const outcome = await client.call({
      method: 'POST',
      path: `${CHANGES_PATH}/withdraw`,
      storeId,
      body: { change_ids: [changeId] },
      idempotencyKey: newId(),
      schema: withdrawOut,
    })
    setState(
      outcome.ok
        ? { tone: 'good', text: `The change of ${title} will not come.` }
        : { tone: 'bad', text: outcome.failure.detail },
    )
    scheduled.reload()
  }
  const rows = scheduled.value?.data ?? []
  return (
    <Section title="Scheduled">
      <FormMessage state={state} />
      {rows.length === 0 ? (
        <p className={styles['hint']}>
          {scheduled.failure?.detail ??
            (scheduled.atMs === null ? 'Asking the centre …' : 'Nothing is scheduled.')}
        </p>
      ) : (
        <ul className={styles['changes']} aria-label="Scheduled changes">
          {rows.map(({ change_id: id, valid_from: from, change }) => {
            const title = titleOfRecord(
              change.kind,
              change.id,
              change.after ?? change.before,
              records,
            )
            return (
              <li key={id}>
                <p className={styles['hint']}>
                  From <time dateTime={from}>{words.moment(from)}</time>
                </p>
                <ChangeCard
                  storeId={storeId}
                  kind={change.kind}
                  id={change.id}
                  title={title}
                  told={change}
                  faults={[]}
                  records={records}
                  words={words}
                  tools={<Button onPress={() => void takeBack(id, title)}>Take back</Button>}
                />
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
