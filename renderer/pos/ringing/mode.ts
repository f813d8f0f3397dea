import { create } from 'zustand'
import { remember, remembered } from '../../ui/remembered.ts'

/** How this till sells: at tables, or over a counter, where one order follows the other at once. */
export const useMode = create<{ readonly isQuick: boolean }>(() => ({
  isQuick: remembered('till-mode') === 'quick',
}))

export const isQuickNow = (): boolean => useMode.getState().isQuick

/** A store without tables sells over a counter, until somebody says otherwise. */
export function assumeMode(isQuick: boolean): void {
  if (remembered('till-mode') === null && isQuick !== isQuickNow()) useMode.setState({ isQuick })
}

export function chooseMode(isQuick: boolean): void {
  remember('till-mode', isQuick ? 'quick' : 'tables')
  useMode.setState({ isQuick })
}
