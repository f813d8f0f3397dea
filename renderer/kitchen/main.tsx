import '../ui/tokens.css'
import { FirstRun } from '../join/FirstRun.tsx'
import type { Client } from '../ui/client.ts'
import { useLive } from '../ui/live-store.ts'
import { connectScreen, showScreen } from '../ui/start.tsx'
import { ActionsContext } from './actions-context.ts'
import { createKitchenActions } from './actions.ts'
import { TrainingFrame } from '../ui/TrainingBar.tsx'
import { Kitchen } from './Kitchen.tsx'

const client = connectScreen('kitchen')
function KitchenOrJoin({ client: terminal }: { readonly client: Client }) {
  const joining = useLive((live) => live.joining)
  return joining === null ? (
    <TrainingFrame>
      <Kitchen />
    </TrainingFrame>
  ) : (
    <FirstRun joining={joining} client={terminal} screen="kitchen" />
  )
}

showScreen(
  <ActionsContext value={createKitchenActions(client)}>
    <KitchenOrJoin client={client} />
  </ActionsContext>,
)
