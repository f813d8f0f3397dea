import { useEffect, useRef, type ReactNode } from 'react'
import { formatAgo } from '../format.ts'
import { formatTimeWithSeconds } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { Button } from '../../ui/Button.tsx'
import type { Shown } from '../answers.ts'
import styles from './Page.module.css'

interface PageProps {
  readonly title: string
  readonly about?: ReactNode
  readonly tools?: ReactNode
  /** What the page is made of: says when that is old. */
  readonly from?: Pick<Shown<unknown>, 'atMs' | 'isEarlier' | 'failure' | 'reload'>
  /** What one asks by: there whatever the answer is. */
  readonly controls?: ReactNode
  readonly children?: ReactNode
}

/** One screen of the back office. Its heading takes the focus, so that a new page is heard. */
export function Page({ title, about, tools, from, controls, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Back office`
    heading.current?.focus()
  }, [title])
  return (
    <>
      <header className={styles['head']}>
        <div className={styles['titles']}>
          <h1 ref={heading} tabIndex={-1} className={styles['title']}>
            {title}
          </h1>
          {about !== undefined && <p className={styles['about']}>{about}</p>}
        </div>
        {from !== undefined && <Freshness {...from} />}
        {tools !== undefined && <div className={styles['tools']}>{tools}</div>}
      </header>
      {controls !== undefined && <div className={styles['controls']}>{controls}</div>}
      {from?.failure != null && <Unanswered from={from} />}
      {from?.atMs === null ? (
        from.failure === null && <p className={styles['waiting']}>Asking the centre …</p>
      ) : (
        <div className={styles['body']} data-earlier={from?.isEarlier}>
          {children}
        </div>
      )}
    </>
  )
}

type From = NonNullable<PageProps['from']>

/** Past this the numbers are not called current any more. */
const OLD_AFTER_MS = 90_000

function Freshness({ atMs, isEarlier }: From) {
  const nowMs = useNow()
  if (atMs === null) return null
  const isOld = nowMs - atMs > OLD_AFTER_MS
  return (
    <p className={styles['fresh']} data-old={isOld}>
      {isEarlier
        ? 'Asking …'
        : isOld
          ? `From ${formatAgo(nowMs - atMs)}`
          : `As of ${formatTimeWithSeconds(atMs)}`}
    </p>
  )
}

function Unanswered({ from }: { readonly from: From }) {
  const nowMs = useNow()
  return (
    <div role="alert" className={styles['unanswered']}>
      <p>
        {from.failure?.detail}
        {from.atMs !== null && ` What you see is from ${formatAgo(nowMs - from.atMs)}.`}
      </p>
      <Button onPress={from.reload}>Try again</Button>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly about?: ReactNode
  readonly tools?: ReactNode
  readonly onEscape?: () => void
  readonly children: ReactNode
}

/** A part of a page under its own heading, on a surface of its own. */
export function Section({ title, about, tools, onEscape, children }: SectionProps) {
  return (
    <section
      className={styles['section']}
      aria-label={title}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEscape?.()
      }}
    >
      <header className={styles['sectionHead']}>
        <h2 className={styles['sectionTitle']}>{title}</h2>
        {about !== undefined && <p className={styles['about']}>{about}</p>}
        {tools !== undefined && <div className={styles['tools']}>{tools}</div>}
      </header>
      {children}
    </section>
  )
}
