import { readFileSync, writeFileSync } from 'node:fs'
import type { PageName } from './pages.ts'
import { placesSchema, type Place, type Places } from './window-place.ts'

/** Remembers where windows stood. A file that is gone or no longer readable costs nothing else. */
export interface PlacesFile {
  readonly get: (page: PageName) => Place | undefined
  readonly set: (page: PageName, place: Place) => void
}

export function openPlacesFile(file: string): PlacesFile {
  let places = read(file)
  return {
    get: (page) => places[page],
    set(page, place) {
      places = { ...places, [page]: place }
      writeFileSync(file, JSON.stringify(places))
    },
  }
}

function read(file: string): Places {
  try {
    return placesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
