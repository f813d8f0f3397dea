import { useId } from 'react'
import styles from './Settings.module.css'

/** What was typed, line by line: so many, each no longer than that. */
export const linesOf = (
  text: string,
  most: { readonly lines: number; readonly letters: number },
): string[] =>
  text.trim() === ''
    ? []
    : text
        .trim()
        .split('\n')
        .map((line) => line.trim().slice(0, most.letters))
        .slice(0, most.lines)

export function Lines(props: {
  readonly label: string
  readonly text: string
  readonly onChange: (text: string) => void
}) {
  const id = useId()
  return (
    <div className={styles['group']}>
      <label className={styles['label']} htmlFor={id}>
        {props.label}
      </label>
      <textarea
        id={id}
        className={styles['lines']}
        rows={4}
        value={props.text}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  )
}
