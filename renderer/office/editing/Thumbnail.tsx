import { imageUrl } from '../../../protocol/rest/picture.ts'
import { useAnswer, type Question } from '../answers.ts'
import { dataUriOf } from './picture-file.ts'
import styles from './Picture.module.css'

interface ThumbnailProps {
  readonly storeId: string
  readonly pictureId: string
  readonly alt: string
}

/** A picture of the store's, which the centre gives to nobody but those who may see the store. */
export function Thumbnail({ storeId, pictureId, alt }: ThumbnailProps) {
  const shown = useAnswer(pictureAt(storeId, pictureId))
  return (
    <span className={styles['frame']}>
      {shown.value === null ? (
        <span className={styles['missing']}>{shown.failure?.detail}</span>
      ) : (
        <img className={styles['image']} src={shown.value} alt={alt} />
      )}
    </span>
  )
}

const pictureAt = (storeId: string, pictureId: string): Question<string> => ({
  key: `picture ${storeId} ${pictureId}`,
  ask: async (client, signal) => {
    const outcome = await client.file({ path: imageUrl(pictureId), storeId }, signal)
    return outcome.ok ? { ok: true, value: await dataUriOf(outcome.value) } : outcome
  },
})
