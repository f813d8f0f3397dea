import '../ui/tokens.css'
import { followDeviceScreen, goToPage } from '../ui/device-screen.ts'
import { connectScreen, showScreen } from '../ui/start.tsx'
import { applyTheme, currentTheme } from '../ui/theme.ts'
import { ActionsContext } from './actions-context.ts'
import { createTillActions } from './actions.ts'
import { resetOnHandover } from './handover.ts'
import { speakWithPeople } from './person-language.ts'
import { followMode } from './ringing/follow-mode.ts'
import { chooseMode } from './ringing/mode.ts'
import { Till } from './Till.tsx'

applyTheme(currentTheme())
resetOnHandover()
followMode()
followDeviceScreen({ page: 'pos', take: ({ use }) => chooseMode(use === 'counter'), go: goToPage })
speakWithPeople()
const client = connectScreen('pos')
showScreen(
  <ActionsContext value={createTillActions(client)}>
    <Till client={client} />
  </ActionsContext>,
)
