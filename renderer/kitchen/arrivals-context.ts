import { createContext, useContext } from 'react'
import type { Arrivals } from './arrivals.ts'

export const ArrivalsContext = createContext<Pick<Arrivals, 'of'>>({ of: () => null })
export const useArrivals = () => useContext(ArrivalsContext)
