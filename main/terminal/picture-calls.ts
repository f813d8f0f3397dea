import { createPictureTable } from '../../db/sqlite/pictures.ts'
import type { Store } from '../../db/sqlite/store.ts'
import type { ShownPicture } from '../../protocol/screens.ts'
import { bytesOf } from '../pictures/pictures.ts'

/** Bytes of pictures for a till's screen, which asks for each that it shows, once. */
export interface PictureCalls {
  /** Null: it is not here, or not what its name says. */
  readonly read: (pictureId: string) => ShownPicture | null
}

export function createPictureCalls({ connection }: Pick<Store, 'connection'>): PictureCalls {
  const pictures = createPictureTable(connection)
  return {
    read: (pictureId) => {
      const picture = pictures.get(pictureId)
      return picture && bytesOf(pictureId, picture) && picture
    },
  }
}
