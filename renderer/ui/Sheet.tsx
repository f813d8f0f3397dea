import { useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { say } from '../words/say.ts'
import { Button } from './Button.tsx'
import styles from './Sheet.module.css'

interface SheetProps {
  readonly title: string
  /** A line under the title: what this sheet is about. */
  readonly about?: ReactNode
  /** Buttons beside Close. */
  readonly tools?: ReactNode
  readonly onClose: () => void
  readonly children: ReactNode
  /** Buttons that stay in reach at the bottom. */
  readonly footer?: ReactNode
}

/**
 * What a task needs beside the menu lies over the menu, never over the order. Not modal: the order
 * stays usable. Takes the focus when it opens and gives it back; Escape closes it.
 */
export function Sheet({ title, about, tools, onClose, children, footer }: SheetProps) {
  const titleId = useId()
  const sheet = useRef<HTMLElement>(null)
  // Read while rendering: once the menu is inert, the browser has taken the focus away from it.
  const [before] = useState(() => document.activeElement)
  useEffect(() => {
    const opened = sheet.current
    if (opened !== null && !opened.contains(document.activeElement)) opened.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [before])
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
        <div className={styles['tools']}>
          {tools}
          <Button onPress={onClose}>{say('common.close')}</Button>
        </div>
      </header>
      {/* Whoever has no pointer scrolls it with the arrow keys. */}
      <div className={styles['body']} tabIndex={0}>
        {children}
      </div>
      {footer !== undefined && <footer className={styles['footer']}>{footer}</footer>}
    </section>
  )
}
