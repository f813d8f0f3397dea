import { FirstRun } from '../join/FirstRun.tsx'
import type { Client } from '../ui/client.ts'
import { useLive } from '../ui/live-store.ts'
import { StatusStrip } from '../ui/StatusStrip.tsx'
import { silenceText } from '../ui/use-silence.ts'
import { TrainingBar } from '../ui/TrainingBar.tsx'
import { say } from '../words/say.ts'
import { IdleBar } from './idle/IdleBar.tsx'
import { DisplayFeed } from './DisplayFeed.tsx'
import { NoticeBar } from './NoticeBar.tsx'
import { OrderPanel } from './OrderPanel.tsx'
import { RemovedBar } from './RemovedBar.tsx'
import { UndoBar } from './ringing/UndoBar.tsx'
import { SignIn } from './SignIn.tsx'
import { Stage } from './Stage.tsx'
import styles from './Till.module.css'
import { TopBar } from './TopBar.tsx'
import { UnseenBar } from './UnseenBar.tsx'

export function Till({ client }: { readonly client: Client }) {
  const staff = useLive((live) => live.signedIn)
  const catalog = useLive((live) => live.catalog)
  const joining = useLive((live) => live.joining)
  if (joining !== null) {
    return <FirstRun joining={joining} client={client} screen="terminal" />
  }
  return (
    <div className={styles['till']}>
      <div className={styles['alarms']}>
        <TrainingBar />
        <RemovedBar />
        {catalog !== null && <UnseenBar catalog={catalog} />}
        {catalog !== null && staff !== null && <IdleBar catalog={catalog} />}
      </div>
      {catalog === null ? (
        <p className={styles['waiting']}>{say('till.waiting')}</p>
      ) : staff === null ? (
        <SignIn catalog={catalog} />
      ) : (
        <>
          <DisplayFeed />
          <TopBar catalog={catalog} staff={staff} />
          <div className={styles['body']}>
            <main className={styles['stage']}>
              <Stage catalog={catalog} staff={staff} />
              <NoticeBar />
              <UndoBar />
            </main>
            <OrderPanel catalog={catalog} staff={staff} />
          </div>
        </>
      )}
      <StatusStrip silence={(sinceMs) => silenceText(say('status.thisTill'), sinceMs)} />
    </div>
  )
}
