import { useState, type SubmitEvent } from 'react'
import { enrollCodeOut, type EnrollCodeOut } from '../../../protocol/office/enroll-codes.ts'
import { ENROLL_CODES_PATH } from '../../../protocol/office/paths.ts'
import { formatCode, formatTimer } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { useClient } from '../client-context.ts'
import { Field } from '../parts/Field.tsx'
import { FormMessage, SubmitButton, type FormState } from '../parts/FormMessage.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { useStores } from '../stores.ts'
import { hrefOf } from '../route.ts'
import styles from './People.module.css'

/** A code with which one store joins this centre: read from here, typed in at its first device. */
export function AddStorePage() {
  const client = useClient()
  const [name, setName] = useState('')
  const [shown, setShown] = useState<(EnrollCodeOut & { readonly name: string }) | null>(null)
  const [state, setState] = useState<FormState>(null)
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    const storeName = name.trim()
    if (storeName === '') return setState({ tone: 'bad', text: 'Give the store a name first.' })
    const outcome = await client.call({
      method: 'POST',
      path: ENROLL_CODES_PATH,
      body: { store_name: storeName },
      schema: enrollCodeOut,
    })
    if (!outcome.ok) return setState({ tone: 'bad', text: outcome.failure.detail })
    setState(null)
    setShown({ ...outcome.value, name: storeName })
  }
  return (
    <Page title="Add a store" about="With a code that is typed in at the store’s first device">
      <Section title="Code">
        <form className={styles['line']} noValidate onSubmit={(event) => void submit(event)}>
          <Field label="Name of the store" value={name} onChange={setName} maxLength={120} />
          <SubmitButton>{shown === null ? 'Make a code' : 'Make a new code'}</SubmitButton>
        </form>
        <FormMessage state={state} />
        {shown !== null && <Code key={shown.code} shown={shown} />}
      </Section>
    </Page>
  )
}

function Code({ shown }: { readonly shown: EnrollCodeOut & { readonly name: string } }) {
  const nowMs = useNow()
  const stores = useStores()
  const [before] = useState(() => new Set(stores.value?.data.map(({ store_id }) => store_id)))
  const joined = stores.value?.data.find(({ store_id }) => !before.has(store_id))
  const leftMs = Date.parse(shown.expires_at) - nowMs
  const isOver = leftMs <= 0
  return (
    <div className={styles['panel']} data-over={isOver}>
      <p className={styles['about']}>For {shown.name}</p>
      <p className={styles['code']}>{formatCode(shown.code)}</p>
      {joined === undefined ? (
        <p role={isOver ? 'status' : undefined} className={styles['left']}>
          {isOver
            ? 'This code has expired. Make a new one.'
            : `Valid for ${formatTimer(leftMs)}, once`}
        </p>
      ) : (
        <p role="status" className={styles['joined']}>
          <a href={hrefOf({ storeId: joined.store_id })}>{joined.name}</a> has joined.
        </p>
      )}
      <p className={styles['about']}>At the store’s till, in a terminal:</p>
      <code className={styles['command']}>
        npm run -s aura -- enroll --data FOLDER --central {window.location.origin} --code{' '}
        {shown.code}
      </code>
    </div>
  )
}
