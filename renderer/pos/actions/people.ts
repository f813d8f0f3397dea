import type { Language } from '../../../domain/languages.ts'
import type { ErasedCustomer, FoundCustomer } from '../../../protocol/screens.ts'
import { newId } from '../../ui/new-id.ts'
import { say } from '../../words/say.ts'
import { answerApproval, notify, resetTill, useTill, type AskedApproval } from '../store.ts'
import { refusesWhileSilent, type Asking } from './asking.ts'
import type { ShiftCorrection, StaffChange } from './wishes.ts'

/** Who is at the till, who works here, and what is known of guests. */
export function createPeopleActions({ client }: Asking) {
  return {
    signIn: (staffId: string, pin: string) => client.call('signIn', { staffId, pin }),

    /** A manager ends the wait of somebody, or of this till (null). */
    freeSignIn: (of: string | null, staffId: string, pin: string) =>
      client.call('freeSignIn', { commandId: newId(), of, staffId, pin }),

    signOut: async () => {
      const answer = await client.call('signOut', {})
      if (answer.ok) resetTill()
      else notify({ tone: 'bad', text: answer.message })
    },

    /** Nobody is here: what is in hand stays, for the same person (see handover.ts). */
    signOutIdle: async () => {
      answerApproval(null)
      if (!useTill.getState().isBusy) await client.call('signOut', {})
    },

    approve: ({ command, orderId }: AskedApproval, staffId: string, pin: string) =>
      client.call('approve', { command, orderId, staffId, pin }),

    setOwnLanguage: async (language: Language) => {
      if (refusesWhileSilent()) return
      const answer = await client.call('setOwnLanguage', { commandId: newId(), language })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
    },

    clock: (staffId: string, pin: string, wish: 'look' | 'in' | 'out') =>
      client.call('clock', { commandId: newId(), staffId, pin, wish }),

    /** False: it did not work, and a notice says why. */
    correctShift: async (correction: ShiftCorrection, name: string): Promise<boolean> => {
      const answer = await client.call('correctShift', { commandId: newId(), ...correction })
      notify(
        answer.ok
          ? { tone: 'good', text: say('front.hoursCorrected', { name }) }
          : { tone: 'bad', text: answer.message },
      )
      return answer.ok
    },

    setStaff: (change: StaffChange) => client.call('setStaff', { commandId: newId(), ...change }),

    /** None where they could not be asked for, and a notice says why. */
    findCustomers: async (phone: string): Promise<readonly FoundCustomer[]> => {
      const answer = await client.call('findCustomers', { phone })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : []
    },

    /** Null: it did not work, and a notice says why. */
    eraseCustomer: async (customerId: string): Promise<ErasedCustomer | null> => {
      if (refusesWhileSilent()) return null
      const answer = await client.call('eraseCustomer', { commandId: newId(), customerId })
      notify(answer.ok ? null : { tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },
  }
}
