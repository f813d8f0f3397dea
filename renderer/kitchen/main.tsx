import '../ui/tokens.css'
import { connectScreen, showScreen } from '../ui/start.tsx'
import { ActionsContext } from './actions-context.ts'
import { createKitchenActions } from './actions.ts'
import { Kitchen } from './Kitchen.tsx'

showScreen(
  <ActionsContext value={createKitchenActions(connectScreen('kitchen'))}>
    <Kitchen />
  </ActionsContext>,
)
