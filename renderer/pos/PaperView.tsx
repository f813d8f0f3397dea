import { piecesOf, type PaperLine } from '../../protocol/paper.ts'
import styles from './PaperView.module.css'

interface PaperViewProps {
  readonly label: string
  readonly columns: number
  readonly lines: readonly PaperLine[]
}

/** A strip of paper, character by character as the printer sets it. */
export function PaperView({ label, columns, lines }: PaperViewProps) {
  return (
    <article
      // What stands in columns reads from the left in every language.
      dir="ltr"
      className={styles['paper']}
      aria-label={label}
      data-columns={columns}
    >
      {lines.map((line, position) => (
        // Lines have no names of their own and never change their places.
        // oxlint-disable-next-line react/no-array-index-key
        <p key={position} className={styles['line']} data-size={line.size}>
          <span data-bold={line.isBold} data-inverted={line.isInverted}>
            <Pieces text={line.text} />
          </span>
        </p>
      ))}
    </article>
  )
}

function Pieces({ text }: { readonly text: string }) {
  const pieces = piecesOf(text)
  if (pieces.length === 1) return text
  return pieces.map((piece, place) => (
    // oxlint-disable-next-line react/no-array-index-key
    <bdi key={place} dir="ltr">
      {piece}
    </bdi>
  ))
}
