import '../ui/tokens.css'
import { FirstRun } from '../join/FirstRun.tsx'
import type { Client } from '../ui/client.ts'
import { useLive } from '../ui/live-store.ts'
import { followDeviceScreen, goToPage } from '../ui/device-screen.ts'
import { connectScreen, showScreen } from '../ui/start.tsx'
import { applyTheme } from '../ui/theme.ts'
import { ActionsContext } from './actions-context.ts'
import { createKitchenActions } from './actions.ts'
import { TrainingFrame } from '../ui/TrainingBar.tsx'
import { ArrivalsContext } from './arrivals-context.ts'
import { createArrivals, driftOf } from './arrivals.ts'
import { Kitchen } from './Kitchen.tsx'
import { keptSettings } from './settings.ts'
import { takeUse } from './store.ts'
import { createTicketReader } from './tickets.ts'

applyTheme(keptSettings().theme)
const client = connectScreen('kitchen')
const arrivals = createArrivals()
followDeviceScreen({ page: 'kitchen', take: takeUse, go: goToPage })
const readTickets = createTicketReader()
// Before the screen shows them: when an order came is when this page heard of it.
useLive.subscribe((live, before) => {
  if (live.ordersById === before.ordersById) return
  const nowMs = Date.now() + live.clockOffsetMs
  const drift = driftOf(live.catalog, live.status?.peers ?? [])
  arrivals.note(readTickets(live.ordersById), nowMs, drift, !before.hasOrders)
})

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
  <ArrivalsContext value={arrivals}>
    <ActionsContext value={createKitchenActions(client)}>
      <KitchenOrJoin client={client} />
    </ActionsContext>
  </ArrivalsContext>,
)
