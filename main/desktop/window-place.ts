import { z } from 'zod'
import type { PageName } from './pages.ts'

/** Where a window stands, in pixels of the whole desktop. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Display {
  readonly id: number
  readonly bounds: Place
  readonly workArea: Place
}

const placeSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(200).max(20_000),
  height: z.int().min(200).max(20_000),
})
export const placesSchema = z.partialRecord(
  z.enum(['pos', 'kitchen', 'display', 'logs']),
  placeSchema,
)
export type Places = z.infer<typeof placesSchema>

const USUAL = { width: 1280, height: 800 }
/** So much of a window must be on a display for somebody to find it and take hold of it. */
const LEAST_SEEN = 100

/**
 * A kitchen screen, or the one for the guest, takes the whole of the display that the till is not on. Every other window comes
 * back where it was, if a display is still there.
 */
export function placeOf(
  page: PageName,
  displays: readonly Display[],
  primary: Display,
  saved: Place | undefined,
): Place {
  if (page === 'kitchen' || page === 'display')
    return (displays.find(({ id }) => id !== primary.id) ?? primary).bounds
  if (saved !== undefined && displays.some(({ workArea }) => isSeen(saved, workArea))) return saved
  const { workArea } = primary
  const width = Math.min(USUAL.width, workArea.width)
  const height = Math.min(USUAL.height, workArea.height)
  return {
    x: workArea.x + Math.floor((workArea.width - width) / 2),
    y: workArea.y + Math.floor((workArea.height - height) / 2),
    width,
    height,
  }
}

/** The upper edge, by which a window is moved, has to be within the display too. */
function isSeen(place: Place, area: Place): boolean {
  const seen = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x)
  return seen >= LEAST_SEEN && place.y >= area.y && place.y < area.y + area.height - LEAST_SEEN
}
