import type { ReactNode } from 'react'
import { say } from '../words/say.ts'
import { useLive } from './live-store.ts'
import styles from './TrainingBar.module.css'

/** Over everything, on every screen of a device that trains: nobody takes it for the real store. */
export function TrainingBar() {
  const isTraining = useLive((live) => live.device?.isTraining === true)
  return isTraining ? (
    <p className={styles['bar']} role="status">
      {say('front.training')}
    </p>
  ) : null
}

/** For a screen that fills the page by itself. */
export function TrainingFrame({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles['frame']}>
      <TrainingBar />
      <div className={styles['rest']}>{children}</div>
    </div>
  )
}
