import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { useLive } from '../../ui/live-store.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import styles from './Settings.module.css'

/** Into a training, and out of it. */
export function TrainingSettings() {
  const { train } = useActions()
  const isTraining = useLive((live) => live.device?.isTraining === true)
  const [isBusy, setBusy] = useState(false)
  const switchOver = async () => {
    setBusy(true)
    await train(isTraining ? 'end' : 'begin')
    setBusy(false)
  }
  return (
    <>
      <p className={styles['prose']}>{say('front.trainingAbout')}</p>
      <div className={styles['foot']}>
        <Button kind="accent" isLarge isDisabled={isBusy} onPress={() => void switchOver()}>
          {isTraining ? say('front.endTraining') : say('front.beginTraining')}
        </Button>
      </div>
    </>
  )
}
