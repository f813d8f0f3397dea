import { Button } from '../ui/Button.tsx'
import styles from './Notice.module.css'
import { notifyKitchen, useKitchen } from './store.ts'

/** Why a tap did nothing, over the foot of the page: no card moves for it. */
export function Notice() {
  const notice = useKitchen((kitchen) => kitchen.notice)
  return (
    <div className={styles['place']} role="alert">
      {notice !== null && (
        <Button className={styles['notice']} isLarge onPress={() => notifyKitchen(null)}>
          {notice} <span aria-hidden="true">✕</span>
        </Button>
      )}
    </div>
  )
}
