import { z } from 'zod'
import { create } from 'zustand'
import { SESSION_PATH } from '../../protocol/office/paths.ts'
import { sessionOut, type SessionOut, type SignInBody } from '../../protocol/office/session.ts'
import { forgetAnswers } from './answers.ts'
import type { OfficeClient, Failure } from './client.ts'
import { forgetDrafts } from './editing/drafts.ts'

export type OfficeUser = SessionOut['user']

/** Who is at the screen. `expired`: somebody was, and what they had begun still waits for them. */
type Session =
  | { readonly kind: 'asking'; readonly failure: Failure | null }
  | { readonly kind: 'out'; readonly lastUserId: string | null; readonly isExpired: boolean }
  | { readonly kind: 'in'; readonly user: OfficeUser }

export const useSession = create<{ readonly session: Session }>(() => ({
  session: { kind: 'asking', failure: null },
}))

const set = (session: Session) => useSession.setState({ session })

/** For screens that are only there while somebody is signed in. */
export function useUser(): OfficeUser {
  const session = useSession((state) => state.session)
  if (session.kind !== 'in') throw new Error('nobody is signed in')
  return session.user
}

/** A call found the session over: the page stays where it is, behind the sign-in. */
export function sessionEnded() {
  const { session } = useSession.getState()
  if (session.kind === 'in') set({ kind: 'out', lastUserId: session.user.id, isExpired: true })
}

/** Whoever the browser's cookie says; asked once, when the page opens. */
export async function resumeSession(client: OfficeClient) {
  set({ kind: 'asking', failure: null })
  const outcome = await client.call({ path: SESSION_PATH, schema: sessionOut })
  if (outcome.ok) set({ kind: 'in', user: outcome.value.user })
  else if (outcome.failure.status === 401) set({ kind: 'out', lastUserId: null, isExpired: false })
  else set({ kind: 'asking', failure: outcome.failure })
}

export async function signIn(client: OfficeClient, body: SignInBody): Promise<Failure | null> {
  const outcome = await client.call({
    method: 'POST',
    path: SESSION_PATH,
    body,
    schema: sessionOut,
  })
  if (!outcome.ok) return outcome.failure
  const { session } = useSession.getState()
  const { user } = outcome.value
  if (session.kind !== 'out' || session.lastUserId !== user.id) forgetAll()
  set({ kind: 'in', user })
  return null
}

/** Null: signed out. Else the session goes on, and the screen says why. */
export async function signOut(client: OfficeClient): Promise<Failure | null> {
  const outcome = await client.call({ method: 'DELETE', path: SESSION_PATH, schema: z.null() })
  if (!outcome.ok && outcome.failure.status !== 401) return outcome.failure
  forgetAll()
  set({ kind: 'out', lastUserId: null, isExpired: false })
  return null
}

function forgetAll() {
  forgetAnswers()
  forgetDrafts()
}
