import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import {
  PAPER_LANGUAGE_ID,
  PAPER_LANGUAGES,
  paperLanguages,
  type PaperLanguage,
} from '../../../domain/languages.ts'
import { RECEIPT_TEXT_ID, receiptTextOf } from '../../../domain/receipt-text.ts'
import { SelectInput } from '../../ui/SelectInput.tsx'
import { LANGUAGE_NAMES } from '../../words/languages.ts'
import { say } from '../../words/say.ts'
import { Lines, linesOf } from './Lines.tsx'
import styles from './Settings.module.css'
import { useSaving, type Reading } from './use-saving.tsx'

const MOST = { lines: 8, letters: 80 }

/** Lines over and under the order, as they come out on paper. */
export function ReceiptSettings({ catalog }: { readonly catalog: Catalog }) {
  const held = receiptTextOf(catalog)
  const [header, setHeader] = useState(held.header.join('\n'))
  const [footer, setFooter] = useState(held.footer.join('\n'))
  const [languages, setLanguages] = useState(paperLanguages(catalog))
  const { foot } = useSaving((): Reading => ({
    ok: true,
    records: [
      {
        kind: 'receipt_text',
        id: RECEIPT_TEXT_ID,
        value: { header: linesOf(header, MOST), footer: linesOf(footer, MOST) },
      },
      { kind: 'paper_language', id: PAPER_LANGUAGE_ID, value: languages },
    ],
  }))
  return (
    <>
      <Lines label={say('front.receiptHeader')} text={header} onChange={setHeader} />
      <Lines label={say('front.receiptFooter')} text={footer} onChange={setFooter} />
      <div className={styles['fields']}>
        <SelectInput
          label={say('front.paperReceipts')}
          value={languages.receipts}
          options={PAPER_OPTIONS}
          onChange={(receipts) => setLanguages({ ...languages, receipts: readLanguage(receipts) })}
        />
        <SelectInput
          label={say('front.paperKitchen')}
          value={languages.kitchen}
          options={PAPER_OPTIONS}
          onChange={(kitchen) => setLanguages({ ...languages, kitchen: readLanguage(kitchen) })}
        />
      </div>
      {foot}
    </>
  )
}

const PAPER_OPTIONS = PAPER_LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))

const readLanguage = (value: string): PaperLanguage =>
  PAPER_LANGUAGES.find((language) => language === value) ?? 'en'
