import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import type { ScreenKind } from '../../protocol/screens.ts'
import { startWords } from '../words/say.ts'
import { Worded } from '../words/Worded.tsx'
import { createClient, type Client } from './client.ts'
import { createCarrier } from './connection.ts'
import { receive, setLinked } from './live-store.ts'

/** Connects a page with its terminal process; what it hears goes into the live store. */
export function connectScreen(screen: ScreenKind): Client {
  return createClient(createCarrier(), screen, {
    onLink: setLinked,
    onMessage: (message) => receive(message, Date.now()),
  })
}

export function showScreen(screen: ReactNode) {
  const element = document.getElementById('root')
  if (element === null) throw new Error('the page has no element with the id root')
  const root = createRoot(element)
  void startWords().then(() =>
    root.render(
      <StrictMode>
        <Worded>{screen}</Worded>
      </StrictMode>,
    ),
  )
}
