import { useState } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import {
  conflict as conflictSchema,
  conflictPage,
  type RestConflict,
} from '../../../protocol/rest/conflict.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { Button } from '../../ui/Button.tsx'
import { RESOLUTION_NAMES } from '../../ui/conflict-words.ts'
import { newId } from '../../ui/new-id.ts'
import { STATUS_NAMES } from '../../ui/words.ts'
import { allOf, useAnswer } from '../answers.ts'
import { useClient } from '../client-context.ts'
import { useNames, type Names } from '../names.ts'
import { Page, Section } from '../parts/Page.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { hrefOf, useRoute } from '../route.ts'
import { wordsOf } from '../stores.ts'
import { sideWords, titleOf } from './conflict-words.ts'
import styles from './Conflicts.module.css'

/** What devices did apart and no rule settles: a person does (rule F4). */
export function ConflictsPage({ store }: { readonly store: StoreLine }) {
  const { query } = useRoute()
  const state = query['state'] === 'settled' ? 'settled' : 'open'
  const storeId = store.store_id
  const answer = useAnswer(
    allOf({
      path: '/api/v1/conflicts',
      query: { state, limit: String(MAX_PAGE) },
      storeId,
      schema: conflictPage,
    }),
  )
  const names = useNames(storeId)
  const conflicts = answer.value?.data ?? []
  const tab = (name: string, value: string | undefined) => ({
    name,
    isHere: (value ?? 'open') === state,
    to: { storeId, path: ['conflicts'], query: { state: value } },
  })
  return (
    <>
      <Tabs label="To settle" tabs={[tab('Open', undefined), tab('Settled', 'settled')]} />
      <Page
        title="To settle"
        about="Done on devices that did not see each other, or were removed"
        from={answer}
      >
        {conflicts.length === 0 ? (
          <p className={styles['none']}>
            {state === 'open' ? 'Nothing to settle.' : 'Nothing was settled yet.'}
          </p>
        ) : (
          conflicts.map((one) => (
            <Case key={one.id} one={one} store={store} names={names} onSettled={answer.reload} />
          ))
        )}
      </Page>
    </>
  )
}

interface CaseProps {
  readonly one: RestConflict
  readonly store: StoreLine
  readonly names: Names
  readonly onSettled: () => void
}

function Case({ one, store, names, onSettled }: CaseProps) {
  const words = wordsOf(store)
  return (
    <Section
      title={titleOf(one, words.money)}
      about={
        <>
          <a href={hrefOf({ storeId: store.store_id, path: ['orders', one.order_id] })}>
            Order {one.order_number}
          </a>{' '}
          · {STATUS_NAMES[one.order_status]}
        </>
      }
    >
      <ul className={styles['sides']}>
        {one.sides.map((side) => (
          <li key={`${side.at} ${side.what} ${side.origin} ${side.item_id ?? ''}`}>
            <time dateTime={side.at}>{words.moment(side.at)}</time> {names.person(side.actor)}
            {names.device(side.origin) !== null && ` on ${String(names.device(side.origin))}`}{' '}
            {sideWords(side, words.money)}
          </li>
        ))}
      </ul>
      {one.settled === null ? (
        <Ways one={one} storeId={store.store_id} onSettled={onSettled} />
      ) : (
        <p className={styles['settled']}>
          {RESOLUTION_NAMES[one.kind][one.settled.resolution]} · {names.person(one.settled.actor)},{' '}
          {words.moment(one.settled.at)}
          {one.settled.note !== null && ` · ${one.settled.note}`}
        </p>
      )}
    </Section>
  )
}

interface WaysProps {
  readonly one: RestConflict
  readonly storeId: string
  readonly onSettled: () => void
}

function Ways({ one, storeId, onSettled }: WaysProps) {
  const client = useClient()
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const settle = async (resolution: RestConflict['resolutions'][number]) => {
    setBusy(true)
    const outcome = await client.call({
      method: 'POST',
      path: `/api/v1/conflicts/${encodeURIComponent(one.id)}/settle`,
      storeId,
      body: { resolution },
      ifVersion: one.order_version,
      idempotencyKey: newId(),
      schema: conflictSchema,
    })
    setBusy(false)
    setFault(outcome.ok ? null : outcome.failure.detail)
    onSettled()
  }
  return (
    <div className={styles['ways']}>
      {one.resolutions.map((resolution) => (
        <Button key={resolution} isDisabled={isBusy} onPress={() => void settle(resolution)}>
          {RESOLUTION_NAMES[one.kind][resolution]}
        </Button>
      ))}
      {one.refundable && <p>Giving the money back at a till settles it as well.</p>}
      {fault !== null && (
        <p role="alert" className={styles['fault']}>
          {fault}
        </p>
      )}
    </div>
  )
}
