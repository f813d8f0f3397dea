import { useEffect } from 'react'
import { Button } from '../ui/Button.tsx'
import { useClient } from './client-context.ts'
import styles from './Office.module.css'
import { Rail } from './Rail.tsx'
import { goTo, useRoute } from './route.ts'
import { Screen } from './Screen.tsx'
import { resumeSession, useSession } from './session.ts'
import { SignIn } from './SignIn.tsx'
import { useStores } from './stores.ts'

/** The back office: who is at it decides what is there. */
export function Office() {
  const session = useSession((state) => state.session)
  switch (session.kind) {
    case 'asking':
      return <Opening reason={session.failure?.detail ?? null} />
    case 'out':
      return <SignIn />
    case 'in':
      return <SignedIn />
  }
}

function Opening({ reason }: { readonly reason: string | null }) {
  const client = useClient()
  return (
    <main className={styles['opening']}>
      <p role={reason === null ? undefined : 'alert'}>{reason ?? 'Asking the centre …'}</p>
      {reason !== null && <Button onPress={() => void resumeSession(client)}>Try again</Button>}
    </main>
  )
}

function SignedIn() {
  const route = useRoute()
  const stores = useStores()
  const known = stores.value?.data ?? null
  const only = known?.length === 1 ? known[0] : undefined
  const isFirstPage = route.storeId === null && route.path.length === 0
  useEffect(() => {
    // With a single store there is nothing to choose.
    if (isFirstPage && only !== undefined) goTo({ storeId: only.store_id })
  }, [isFirstPage, only])
  return (
    <div className={styles['office']}>
      <a className={styles['skip']} href="#content" onClick={skipToContent}>
        Skip to the content
      </a>
      <Rail stores={known ?? []} />
      <main id="content" tabIndex={-1} className={styles['main']}>
        <Screen stores={stores} />
      </main>
    </div>
  )
}

/** The address holds where one is, so the link only moves the focus. */
function skipToContent(event: { preventDefault: () => void }) {
  event.preventDefault()
  document.querySelector<HTMLElement>('#content')?.focus()
}
