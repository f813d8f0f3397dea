import { createHash } from 'node:crypto'
import { dataKeyOf, openText, sealText } from '../personal-data/seal.ts'

/** Seals what this device keeps for itself alone, with a key that follows from its private one. */
export interface DeviceBox {
  readonly seal: (text: string, place: string) => string
  /** Null: it was not sealed here, for this place, as it is. */
  readonly open: (sealed: string, place: string) => string | null
}

export function createDeviceBox(privateKey: string): DeviceBox {
  const secret = createHash('sha256').update(`aura device box 1 ${privateKey}`).digest()
  const key = dataKeyOf(secret)
  const placeOf = (place: string) => ({ orderId: place, field: 'box' })
  return {
    seal: (text, place) => sealText(key, text, placeOf(place)),
    open: (sealed, place) => openText(key, sealed, placeOf(place)),
  }
}
