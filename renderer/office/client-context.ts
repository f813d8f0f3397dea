import { createContext, useContext } from 'react'
import type { OfficeClient } from './client.ts'

export const ClientContext = createContext<OfficeClient | null>(null)

export function useClient(): OfficeClient {
  const client = useContext(ClientContext)
  if (client === null) throw new Error('the back office is not inside a ClientContext')
  return client
}
