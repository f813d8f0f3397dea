import { useEffect, useState } from 'react'
import type { AuditLine } from '../../protocol/rest/audit.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatDay, formatTimeWithSeconds } from '../ui/format.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { AUDIT_VIEWS, VIEW_NAMES, deedOf, whoDid, type AuditView } from './audit-words.ts'
import styles from './AuditSheet.module.css'
import { closeSheet } from './store.ts'

interface Shown {
  readonly view: AuditView
  readonly lines: readonly AuditLine[]
  readonly next: string | null
}

/** Who did what at this store's devices, when and why, newest first (rule A5). */
export function AuditSheet() {
  const { readAudit } = useActions()
  const [view, setView] = useState<AuditView>('all')
  /** Null: on its way. */
  const [read, setRead] = useState<Shown | null>(null)
  const shown = read?.view === view ? read : null

  useEffect(() => {
    let isWanted = true
    void readAudit(view, null).then((page) => {
      if (isWanted) setRead({ view, ...(page ?? { lines: [], next: null }) })
    })
    return () => {
      isWanted = false
    }
  }, [readAudit, view])

  const more = async (before: Shown) => {
    const page = await readAudit(view, before.next)
    if (page !== null) {
      setRead({ view, lines: [...before.lines, ...page.lines], next: page.next })
    }
  }

  return (
    <Sheet title={say('audit.title')} about={say('audit.about')} onClose={closeSheet}>
      <div role="group" aria-label={say('audit.show')} className={styles['views']}>
        {AUDIT_VIEWS.map((id) => (
          <Toggle key={id} isSelected={id === view} onChange={() => setView(id)}>
            {VIEW_NAMES[id]}
          </Toggle>
        ))}
      </div>
      {shown === null ? (
        <p className={styles['empty']}>{say('audit.reading')}</p>
      ) : (
        <>
          {shown.lines.length === 0 && <p className={styles['empty']}>{say('audit.none')}</p>}
          <ul className={styles['lines']} aria-label={say('audit.title')}>
            {shown.lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
          </ul>
          {shown.next !== null && (
            <Button onPress={() => void more(shown)}>{say('audit.older')}</Button>
          )}
        </>
      )}
    </Sheet>
  )
}

function Line({ line }: { readonly line: AuditLine }) {
  const atMs = Date.parse(line.at)
  return (
    <li className={styles['line']}>
      <span className={styles['time']}>
        {formatDay(atMs)} {formatTimeWithSeconds(atMs)}
      </span>
      <span className={styles['deed']}>
        {deedOf(line)}
        {line.reason !== null && <span className={styles['reason']}>“{line.reason}”</span>}
      </span>
      <span className={styles['who']}>
        {whoDid(line)}
        {line.approved_by !== null && (
          <span className={styles['approved']}>
            {say('audit.approvedBy', { name: line.approved_by_name ?? line.approved_by })}
          </span>
        )}
      </span>
      <span className={styles['where']}>{line.device_name ?? say('audit.anotherDevice')}</span>
    </li>
  )
}
