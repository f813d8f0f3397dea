import type { Catalog } from '../../domain/catalog.ts'
import { Toggle } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { say } from '../words/say.ts'
import { closeSheet, openSheet, useTill } from './store.ts'
import styles from './TopBar.module.css'

/** Opens the sheet of printers, in a store that has some. */
export function PrintersToggle({ catalog }: { readonly catalog: Catalog }) {
  const isShown = useTill((till) => till.sheet?.kind === 'printers')
  const troubles = useLive(
    (live) => live.status?.printers.filter(({ trouble }) => trouble !== null).length ?? 0,
  )
  if (catalog.printer.size === 0) return null
  return (
    <Toggle
      isSelected={isShown}
      onChange={(isSelected) => (isSelected ? openSheet({ kind: 'printers' }) : closeSheet())}
    >
      {say('printers.title')} {troubles > 0 && <span className={styles['unseen']}>{troubles}</span>}
    </Toggle>
  )
}
