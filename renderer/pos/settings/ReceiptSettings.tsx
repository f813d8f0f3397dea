import { useId, useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import { RECEIPT_TEXT_ID, receiptTextOf } from '../../../domain/receipt-text.ts'
import { say } from '../../words/say.ts'
import styles from './Settings.module.css'
import { useSaving, type Reading } from './use-saving.tsx'

const MOST_LINES = 8
const MOST_LETTERS = 80

/** Lines over and under the order, as they come out on paper. */
export function ReceiptSettings({ catalog }: { readonly catalog: Catalog }) {
  const held = receiptTextOf(catalog)
  const [header, setHeader] = useState(held.header.join('\n'))
  const [footer, setFooter] = useState(held.footer.join('\n'))
  const { foot } = useSaving((): Reading => ({
    ok: true,
    records: [
      {
        kind: 'receipt_text',
        id: RECEIPT_TEXT_ID,
        value: { header: linesOf(header), footer: linesOf(footer) },
      },
    ],
  }))
  return (
    <>
      <Lines label={say('front.receiptHeader')} text={header} onChange={setHeader} />
      <Lines label={say('front.receiptFooter')} text={footer} onChange={setFooter} />
      {foot}
    </>
  )
}

const linesOf = (text: string): string[] =>
  text.trim() === ''
    ? []
    : text
        .trim()
        .split('\n')
        .map((line) => line.trim().slice(0, MOST_LETTERS))
        .slice(0, MOST_LINES)

function Lines(props: {
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
