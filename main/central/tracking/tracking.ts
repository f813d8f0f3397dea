import type { CentreKey } from '../member/centre-key.ts'

/**
 * The links by which guests follow their orders. A link holds store and order, sealed by the centre:
 * nobody can guess one or make one, it says nothing by itself, and nothing has to be kept for it.
 */
export interface Tracking {
  readonly urlOf: (storeId: string, orderId: string) => string
  /** Null: no link of this centre. */
  readonly placeOf: (token: string) => TrackedPlace | null
}

export interface TrackedPlace {
  readonly storeId: string
  readonly orderId: string
}

export const TRACKING_PAGE_PATH = '/track'

const PURPOSE = 'tracking'

/** `publicUrl`: without a slash at its end. */
export function createTracking(key: CentreKey, publicUrl: () => string): Tracking {
  return {
    urlOf: (storeId, orderId) => {
      const token = key.seal(PURPOSE, JSON.stringify([storeId, orderId]))
      return `${publicUrl()}${TRACKING_PAGE_PATH}/${token}`
    },
    placeOf: (token) => {
      const place = key.open(PURPOSE, token)
      if (place === null) return null
      const [storeId, orderId] = JSON.parse(place) as [string, string]
      return { storeId, orderId }
    },
  }
}
