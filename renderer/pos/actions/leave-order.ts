import { notify, startNewOrder, useTill } from '../store.ts'

/** Makes room for the next guest, unless the screen shows another order by now. */
export function leaveOrder(orderId: string, news: string) {
  const notice = { tone: 'good', text: news } as const
  if (useTill.getState().orderId === orderId) startNewOrder(notice)
  else notify(notice)
}
