import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from './Button.tsx'
import styles from './Sheet.module.css'

interface SheetProps {
  readonly title: string
  /** A line under the title: what this sheet is about. */
  readonly about?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons that stay in reach at the bottom. */
  readonly footer?: ReactNode
}

/**
 * What a task needs beside the menu lies over the menu, never over the order. Not modal: the order
 * stays usable. Takes the focus when it opens and gives it back; Escape closes it.
 */
export function Sheet({ title, about, onClose, children, footer }: SheetProps) {
  const titleId = useId()
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    const opened = sheet.current
    if (opened !== null && !opened.contains(before)) opened.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <section
      ref={sheet}
      className={styles['sheet']}
      role="dialog"
      aria-labelledby={titleId}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <header className={styles['head']}>
        <div className={styles['titles']}>
          <h2 id={titleId} className={styles['title']}>
            {title}
          </h2>
          {about !== undefined && <p className={styles['about']}>{about}</p>}
        </div>
        <Button onPress={onClose}>Close</Button>
      </header>
      <div className={styles['body']}>{children}</div>
      {footer !== undefined && <footer className={styles['footer']}>{footer}</footer>}
    </section>
  )
}
