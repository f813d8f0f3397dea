import type { ReactNode } from 'react'
import { formatMoney } from '../../ui/format.ts'
import { say } from '../../words/say.ts'
import styles from '../ReportsSheet.module.css'

/** What a report says about one thing: a title, and rows of a name, a count and an amount. */
export function Block({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <section aria-label={title} className={styles['block']}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}

export function Rows(props: {
  readonly rows: readonly (readonly [string, number | null, number | null])[]
  readonly currency: string
  /** The last row is what the others come to. */
  readonly hasTotal?: boolean
}) {
  if (props.rows.length === 0) return <p className={styles['hint']}>{say('reports.none')}</p>
  return (
    <table className={styles['rows']} data-total={props.hasTotal === true}>
      <tbody>
        {props.rows.map(([name, count, minor]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{count}</td>
            {/* There is a minus zero, and nobody wants to read it. */}
            <td>{minor === null ? '' : formatMoney(minor === 0 ? 0 : minor, props.currency)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
