import { isFromMenu, notify, startNewOrder, useTill } from '../store.ts'

/** Makes room for the next guest, unless the screen shows another order by now. */
export function leaveOrder(orderId: string, news: string): void {
  const notice = { tone: 'good', text: news } as const
  if (useTill.getState().orderId === orderId) goToNext(() => startNewOrder(notice))
  else notify(notice)
}

/** Whoever is quicker than the answer has begun with the next guest: what was begun stays. */
export function goToNext(leave: () => void): void {
  const { sheet, quantityTyped } = useTill.getState()
  leave()
  const isBegun = isFromMenu(sheet) && useTill.getState().sheet === null
  useTill.setState({ quantityTyped, ...(isBegun && { sheet }) })
}
