import { useEffect } from 'react'
import { Button } from '../../ui/Button.tsx'
import { say } from '../../words/say.ts'
import { useCurrentOrder } from '../current-order.ts'
import { forgetUndo, isOffered, UNDO_MS, useUndo } from './undo.ts'
import styles from './UndoBar.module.css'

/** For five seconds, and then gone by itself. */
export function UndoBar() {
  const last = useUndo((undo) => undo.last)
  const order = useCurrentOrder()
  useEffect(() => {
    if (last === null) return
    const timer = setTimeout(forgetUndo, UNDO_MS)
    return () => clearTimeout(timer)
  }, [last])
  if (last === null || !isOffered(last, order)) return null
  return (
    <div className={styles['place']}>
      <div key={last.id} className={styles['bar']} role="status">
        <span className={styles['text']}>{last.text}</span>
        <Button
          kind="quiet"
          onPress={() => {
            forgetUndo()
            last.undo()
          }}
        >
          {say('lines.undo')}
        </Button>
        <span className={styles['time']} aria-hidden="true" />
      </div>
    </div>
  )
}
