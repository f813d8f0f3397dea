import { useEffect } from 'react'
import { useActions } from '../actions-context.ts'
import styles from './ItemPicture.module.css'
import { usePictures, wantPicture } from './pictures.ts'

/** Its place is there before it is: nothing moves when it comes. The name beside it says what it is. */
export function ItemPicture({ pictureId }: { readonly pictureId: string }) {
  const { readPicture } = useActions()
  const src = usePictures(({ srcById }) => srcById.get(pictureId))
  useEffect(() => wantPicture(pictureId, readPicture), [pictureId, readPicture])
  return (
    <span className={styles['place']}>
      {src != null && <img className={styles['picture']} src={src} alt="" decoding="async" />}
    </span>
  )
}
