import { create } from 'zustand'
import { remember, remembered } from '../../ui/remembered.ts'

/** How this till sells: at tables, or over a counter, where one order follows the other at once. */
export const useMode = create<{ readonly isQuick: boolean }>(() => ({
  isQuick: remembered('till-mode') === 'quick',
}))

export const isQuickNow = (): boolean => useMode.getState().isQuick

export function chooseMode(isQuick: boolean): void {
  remember('till-mode', isQuick ? 'quick' : 'tables')
  useMode.setState({ isQuick })
}
