import '../ui/tokens.css'
import { connectScreen, showScreen } from '../ui/start.tsx'
import { applyTheme, currentTheme } from '../ui/theme.ts'
import { ActionsContext } from './actions-context.ts'
import { createTillActions } from './actions.ts'
import { resetOnHandover } from './handover.ts'
import { speakWithPeople } from './person-language.ts'
import { Till } from './Till.tsx'

applyTheme(currentTheme())
resetOnHandover()
speakWithPeople()
const client = connectScreen('pos')
showScreen(
  <ActionsContext value={createTillActions(client)}>
    <Till client={client} />
  </ActionsContext>,
)
