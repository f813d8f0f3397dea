import { createContext, useContext } from 'react'
import type { KitchenActions } from './actions.ts'

export const ActionsContext = createContext<KitchenActions | null>(null)

export function useActions(): KitchenActions {
  const actions = useContext(ActionsContext)
  if (actions === null) throw new Error('the kitchen screen is not inside an ActionsContext')
  return actions
}
