import { createContext, useContext } from 'react'
import type { TillActions } from './actions.ts'

export const ActionsContext = createContext<TillActions | null>(null)

export function useActions(): TillActions {
  const actions = useContext(ActionsContext)
  if (actions === null) throw new Error('the till is not inside an ActionsContext')
  return actions
}
