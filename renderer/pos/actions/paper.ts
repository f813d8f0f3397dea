import type { ShownOrder } from '../../../domain/order-view.ts'
import { newId } from '../../ui/new-id.ts'
import { say } from '../../words/say.ts'
import { notify } from '../store.ts'
import type { Asking } from './asking.ts'
import type { ReceiptChoice } from './wishes.ts'

/** What comes out of printers, and the drawer that hangs on one. */
export function createPaper({ client, onPaper, withApproval }: Asking) {
  return {
    /** Null: it could not be had, and a notice says why. */
    previewReceipt: async (orderId: string, of: ReceiptChoice = {}) => {
      const answer = await client.call('previewReceipt', { orderId, ...of })
      if (!answer.ok) notify({ tone: 'bad', text: answer.message })
      return answer.ok ? answer.value : null
    },

    printReceipt: async (order: ShownOrder, of: ReceiptChoice = {}): Promise<boolean> => {
      const wish = { commandId: newId(), orderId: order.id, ...of }
      const call = () => client.call('printReceipt', wish)
      return onPaper(call, ({ isDuplicate }) =>
        say(isDuplicate ? 'news.duplicate' : 'news.toPrinter', { number: order.number }),
      )
    },

    copySlips: (orderId: string): Promise<boolean> =>
      onPaper(
        () => client.call('copySlips', { commandId: newId(), orderId }),
        ({ slips }) => say('order.slipsPrinted', { count: slips }),
      ),

    printReport: (kind: 'x' | 'z', day: string) =>
      onPaper(
        () => client.call('printReport', { commandId: newId(), kind, day }),
        () => say(kind === 'x' ? 'news.printsX' : 'news.printsZ'),
      ),

    testPrinter: (printerId: string, name: string): Promise<boolean> =>
      onPaper(
        () => client.call('testPrinter', { commandId: newId(), printerId }),
        () => say('news.testPage', { name }),
      ),

    openDrawer: (reason: string): Promise<boolean> =>
      onPaper(
        async () => {
          const call = { commandId: newId(), reason }
          const asked = await client.call('openDrawer', call)
          const again = (approvalId: string) => client.call('openDrawer', { ...call, approvalId })
          return withApproval(asked, { orderId: null, about: null }, again)
        },
        () => say('news.drawerOpens'),
      ),
  }
}
