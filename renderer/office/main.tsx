import './no-eval.ts'
import '../ui/tokens.css'
import './office.css'
import { showScreen } from '../ui/start.tsx'
import { applyTheme, currentTheme } from '../ui/theme.ts'
import { watchAttendance } from './attendance.ts'
import { ClientContext } from './client-context.ts'
import { createOfficeClient } from './client.ts'
import { Office } from './Office.tsx'
import { resumeSession, sessionEnded } from './session.ts'

applyTheme(currentTheme())
const client = createOfficeClient({
  fetch: (input, init) => window.fetch(input, init),
  onExpired: sessionEnded,
})
watchAttendance()
void resumeSession(client)
showScreen(
  <ClientContext value={client}>
    <Office />
  </ClientContext>,
)
