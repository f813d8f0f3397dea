import { useMemo, useState } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { changesOut, type ChangesOut } from '../../../protocol/rest/changes.ts'
import { Button } from '../../ui/Button.tsx'
import { countOf } from '../../ui/format.ts'
import { newId } from '../../ui/new-id.ts'
import { useAnswer, type Question } from '../answers.ts'
import { useClient } from '../client-context.ts'
import type { OfficeClient, Outcome } from '../client.ts'
import { Choice } from '../parts/Choice.tsx'
import { Field } from '../parts/Field.tsx'
import { FormMessage, type FormState } from '../parts/FormMessage.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { wordsOf } from '../stores.ts'
import { localTextOf, momentOf } from '../zone.ts'
import {
  CHANGES_PATH,
  changesBody,
  changesOf,
  faultsByPlace,
  type ValidFrom,
} from './changes-body.ts'
import { ChangeCard } from './ChangeCard.tsx'
import { clearDraft, takeFromDraft, useDraft, type DraftChange } from './drafts.ts'
import styles from './Editing.module.css'
import { useRecords } from './records.ts'
import { ScheduledChanges } from './ScheduledChanges.tsx'
import { withDraft } from './subjects.ts'

const DAY_MS = 86_400_000
const PREVIEW_EVERY_MS = 60_000

/** The draft as the centre understands it, before anybody's till does; and what is scheduled. */
export function ChangesPage({ store }: { readonly store: StoreLine }) {
  const storeId = store.store_id
  const changes = changesOf(useDraft(storeId))
  const [isLater, setLater] = useState(false)
  const [local, setLocal] = useState(() => nextMorning(store))
  const [state, setState] = useState<FormState>(null)
  const [appliedCount, setAppliedCount] = useState(0)
  const moment = momentOf(local, store.time_zone)
  const validFrom = isLater && moment !== null ? new Date(moment).toISOString() : null
  const isTimeMissing = isLater && moment === null
  return (
    <Page title="Changes" about="What is in the draft, and what is scheduled">
      <FormMessage state={state} />
      <Section
        title="Draft"
        {...(changes.length > 0 && { about: countOf(changes.length, 'change', 'changes') })}
      >
        {changes.length === 0 ? (
          <p className={styles['hint']}>
            Nothing is in the draft. Change something under Menu, Prices and times, Stock, Staff,
            Tables or Store settings, and it gathers here.
          </p>
        ) : (
          <>
            <div className={styles['when']}>
              <Choice
                label="Valid"
                value={isLater ? 'later' : 'now'}
                options={[
                  { value: 'now', label: 'From now' },
                  { value: 'later', label: 'From a date and time' },
                ]}
                onChange={(chosen) => setLater(chosen === 'later')}
              />
              {isLater && (
                <>
                  <Field
                    label="From"
                    type="datetime-local"
                    value={local}
                    onChange={setLocal}
                    fault={isTimeMissing ? 'Enter a day and a time.' : null}
                  />
                  <p>In the store’s time, {store.time_zone}</p>
                </>
              )}
            </div>
            {!isTimeMissing && (
              <Preview
                store={store}
                changes={changes}
                validFrom={validFrom}
                onDone={(text) => {
                  clearDraft(storeId)
                  setAppliedCount(appliedCount + 1)
                  setState({ tone: 'good', text })
                }}
                onFault={(text) => setState({ tone: 'bad', text })}
              />
            )}
          </>
        )}
      </Section>
      <ScheduledChanges key={appliedCount} store={store} />
    </Page>
  )
}

/** Where the next business day begins is where a new menu mostly does. */
function nextMorning(store: StoreLine): string {
  const tomorrow = localTextOf(Date.now() + DAY_MS, store.time_zone).slice(0, 10)
  return `${tomorrow}T${store.day_starts_at}`
}

interface PreviewProps {
  readonly store: StoreLine
  readonly changes: readonly DraftChange[]
  readonly validFrom: ValidFrom
  readonly onDone: (text: string) => void
  readonly onFault: (text: string) => void
}

function Preview({ store, changes, validFrom, onDone, onFault }: PreviewProps) {
  const client = useClient()
  const storeId = store.store_id
  const words = wordsOf(store)
  const preview = useAnswer(previewOf(storeId, changes, validFrom), PREVIEW_EVERY_MS)
  const { records } = useRecords(storeId)
  const draft = useDraft(storeId)
  const drafted = useMemo(
    () => (records === null ? null : withDraft(records, draft)),
    [records, draft],
  )
  const [isBusy, setBusy] = useState(false)
  // Made once for this preview: a second press does the same thing once.
  const [commandId, setCommandId] = useState(newId)

  if (preview.value === null) {
    return <p className={styles['hint']}>{preview.failure?.detail ?? 'Asking the centre …'}</p>
  }
  const { byPlace, rest } = faultsByPlace(preview.value.faults, changes)
  const isFaulty = preview.value.faults.length > 0
  const when = validFrom === null ? 'now' : `from ${words.moment(validFrom)}`

  const apply = async () => {
    setBusy(true)
    const outcome = await client.call({
      method: 'POST',
      path: CHANGES_PATH,
      storeId,
      body: changesBody(changes, validFrom),
      idempotencyKey: commandId,
      schema: changesOut,
    })
    setBusy(false)
    if (!outcome.ok) {
      // Refused as a whole: the next try is another command.
      if (outcome.failure.status !== null) setCommandId(newId())
      return onFault(
        [outcome.failure.detail, ...outcome.failure.errors.map(({ message }) => message)].join(' '),
      )
    }
    onDone(
      validFrom === null
        ? `${countOf(changes.length, 'change is', 'changes are')} valid. The tills have them as soon as they hear from the centre.`
        : `${countOf(changes.length, 'change is', 'changes are')} scheduled, ${when}.`,
    )
  }

  return (
    <>
      {preview.failure !== null && (
        <FormMessage state={{ tone: 'bad', text: preview.failure.detail }} />
      )}
      <ul className={styles['changes']} aria-label="Changes in the draft">
        {changes.map((change, place) => (
          <li key={`${change.kind}/${change.id}`}>
            <ChangeCard
              storeId={storeId}
              kind={change.kind}
              id={change.id}
              title={change.title}
              told={preview.isEarlier ? undefined : preview.value?.changes[place]}
              faults={byPlace.get(place) ?? []}
              records={drafted}
              words={words}
              tools={<Button onPress={() => takeFromDraft(storeId, change)}>Leave out</Button>}
            />
          </li>
        ))}
      </ul>
      {rest.length > 0 && <FormMessage state={{ tone: 'bad', text: rest.join(' ') }} />}
      <div className={styles['buttons']}>
        <Button
          kind="accent"
          isDisabled={isBusy || isFaulty || preview.isEarlier}
          onPress={() => void apply()}
        >
          {validFrom === null ? 'Make them valid now' : `Schedule ${when}`}
        </Button>
        <Button kind="danger" onPress={() => clearDraft(storeId)}>
          Throw the draft away
        </Button>
        {isFaulty && <p className={styles['fault']}>Nothing is taken while something is wrong.</p>}
      </div>
    </>
  )
}

/** What the centre would make of it. A dry run writes nothing, so it is asked like any question. */
function previewOf(
  storeId: string,
  changes: readonly DraftChange[],
  validFrom: ValidFrom,
): Question<ChangesOut> {
  const body = changesBody(changes, validFrom)
  return {
    key: `preview ${storeId} ${JSON.stringify(body)}`,
    ask: (client, signal) => dryRun(client, storeId, body, signal),
  }
}

const dryRun = (
  client: OfficeClient,
  storeId: string,
  body: object,
  signal: AbortSignal,
): Promise<Outcome<ChangesOut>> =>
  client.call(
    {
      method: 'POST',
      path: CHANGES_PATH,
      query: { dry_run: 'true' },
      storeId,
      body,
      schema: changesOut,
    },
    signal,
  )
