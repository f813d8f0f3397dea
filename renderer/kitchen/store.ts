import { create } from 'zustand'
import { remember, remembered } from '../ui/remembered.ts'

interface KitchenScreen {
  /** Null: all stations. Remembered on this device. */
  readonly stationId: string | null
  readonly page: number
  readonly isRecallOpen: boolean
  readonly notice: string | null
}

export const useKitchen = create<KitchenScreen>(() => ({
  stationId: remembered('station') || null,
  page: 0,
  isRecallOpen: false,
  notice: null,
}))

const { setState } = useKitchen

export function chooseStation(stationId: string | null) {
  remember('station', stationId ?? '')
  setState({ stationId, page: 0 })
}

export const showPage = (page: number) => setState({ page })
export const setRecallOpen = (isRecallOpen: boolean) => setState({ isRecallOpen, notice: null })
export const notifyKitchen = (notice: string | null) => setState({ notice })
