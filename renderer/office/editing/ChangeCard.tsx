import type { ReactNode } from 'react'
import type { RecordChange } from '../../../protocol/rest/changes.ts'
import type { EditedKind } from '../../../domain/catalog.ts'
import type { StoreWords } from '../format.ts'
import { fieldLabel, valueText } from './change-words.ts'
import styles from './Editing.module.css'
import { KIND_NAMES } from './fields.ts'
import type { Records } from './records.ts'
import { Thumbnail } from './Thumbnail.tsx'

interface ChangeCardProps {
  readonly storeId: string
  readonly kind: EditedKind
  readonly id: string
  readonly title: string
  /** Undefined until the centre has said what it would do. */
  readonly told: RecordChange | undefined
  readonly faults: readonly string[]
  readonly records: Records | null
  readonly words: StoreWords
  readonly tools: ReactNode
}

const CHANGE_NAMES: Readonly<Record<RecordChange['change'], string>> = {
  added: 'new',
  changed: 'changed',
  removed: 'goes away',
  unchanged: 'as it is already',
}

/** One record before and after, field by field. */
export function ChangeCard(props: ChangeCardProps) {
  const { storeId, kind, id, title, told, faults, records, words, tools } = props
  const at = { kind, id, records, words }
  const show = (field: string, value: unknown): ReactNode =>
    field === 'picture_id' && typeof value === 'string' ? (
      <Thumbnail storeId={storeId} pictureId={value} alt={`Picture of ${title}`} />
    ) : (
      valueText(field, value, at)
    )
  const fields = told?.change === 'removed' ? [] : (told?.fields ?? [])
  return (
    <article
      className={styles['change']}
      aria-label={`${KIND_NAMES[kind]} ${title}`}
      data-word={told?.change}
      data-faulty={faults.length > 0}
    >
      <header className={styles['changeHead']}>
        <h3 className={styles['changeTitle']}>
          {title}{' '}
          <span className={styles['word']}>
            {KIND_NAMES[kind]}
            {told !== undefined && `, ${CHANGE_NAMES[told.change]}`}
            {told?.valid_until != null && `, until ${words.moment(told.valid_until)}`}
          </span>
        </h3>
        {tools}
      </header>
      {fields.length > 0 && (
        <table className={styles['fields']}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">{fieldLabel(kind, field)}</th>
                <td className={styles['before']}>{show(field, before)}</td>
                <td>{show(field, after)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {faults.map((fault) => (
        <p key={fault} role="alert" className={styles['fault']}>
          {fault}
        </p>
      ))}
    </article>
  )
}
