import type { Answer } from '../ui/client.ts'
import { say } from '../words/say.ts'

/** What a PIN that was not taken is answered with; null: it was. */
export function problemOf(answer: Answer<unknown>): string | null {
  if (answer.ok) return null
  if (answer.error.code !== 'wrong_pin') return answer.message
  return say('signIn.wrongPin', { count: answer.error.triesLeft })
}
