import { Toggle } from '../../ui/Button.tsx'
import { say } from '../../words/say.ts'
import { emptyDraft, useTill } from '../store.ts'
import { chooseMode, useMode } from './mode.ts'
import styles from './ModeChoice.module.css'

/** A setting of this screen. An order in hand stays; the next one is begun the other way. */
export function ModeChoice() {
  const isQuick = useMode((mode) => mode.isQuick)
  const choose = (next: boolean) => {
    chooseMode(next)
    if (useTill.getState().orderId === null) useTill.setState({ draft: emptyDraft() })
  }
  return (
    <section className={styles['mode']} role="group" aria-label={say('lines.mode')}>
      <Toggle isSelected={!isQuick} onChange={() => choose(false)}>
        {say('lines.modeTables')}
      </Toggle>
      <Toggle isSelected={isQuick} onChange={() => choose(true)}>
        {say('lines.modeQuick')}
      </Toggle>
      <p className={styles['about']}>{say('lines.modeAbout')}</p>
    </section>
  )
}
