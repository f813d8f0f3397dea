import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import type { Pacing } from '../../../domain/pacing-record.ts'
import { PACING_ID, pacingOf } from '../../../domain/pacing.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { spoken } from '../../words/spoken.ts'
import styles from './Settings.module.css'
import { useSaving, wholeNumber, type Reading } from './use-saving.tsx'

const NUMBERS = {
  prepMinutes: { least: 0, most: 240 },
  deliveryMinutes: { least: 0, most: 240 },
  queueMinutes: { least: 0, most: 60 },
  leadMinutes: { least: 0, most: 1_440 },
  maxOrders: { least: 1, most: 500 },
  maxItems: { least: 1, most: 5_000 },
} as const
type Field = keyof typeof NUMBERS
const FIELDS = Object.keys(NUMBERS) as Field[]

const FIELD_WORDS = spoken<Field>({
  prepMinutes: 'front.prepMinutes',
  deliveryMinutes: 'front.deliveryMinutes',
  queueMinutes: 'front.queueMinutes',
  leadMinutes: 'front.leadMinutes',
  maxOrders: 'front.maxOrders',
  maxItems: 'front.maxItems',
})

const mayBeEmpty = (field: Field): boolean => field === 'maxOrders' || field === 'maxItems'

/** How long things take, and how much is taken on. */
export function PromiseSettings({ catalog }: { readonly catalog: Catalog }) {
  const held = pacingOf(catalog)
  const [form, setForm] = useState<Readonly<Record<Field, string>>>(() => ({
    prepMinutes: String(held.prepMinutes),
    deliveryMinutes: String(held.deliveryMinutes),
    queueMinutes: String(held.queueMinutes),
    leadMinutes: String(held.leadMinutes),
    maxOrders: String(held.maxOrders ?? ''),
    maxItems: String(held.maxItems ?? ''),
  }))
  const { foot } = useSaving((): Reading => {
    const value: Partial<Record<Field, number | null>> = {}
    for (const field of FIELDS) {
      const { least, most } = NUMBERS[field]
      const isEmpty = mayBeEmpty(field) && form[field].trim() === ''
      const number = isEmpty ? null : wholeNumber(form[field], least, most)
      if (number === undefined) {
        return { ok: false, fault: say('front.notANumber', { field: FIELD_WORDS[field] }) }
      }
      value[field] = number
    }
    return { ok: true, records: [{ kind: 'pacing', id: PACING_ID, value: value as Pacing }] }
  })
  return (
    <>
      <div className={styles['fields']}>
        {FIELDS.map((field) => (
          <div key={field} className={styles['group']}>
            <TextInput
              label={FIELD_WORDS[field]}
              value={form[field]}
              onChange={(text) => setForm({ ...form, [field]: text })}
              maxLength={5}
              type="tel"
            />
            {mayBeEmpty(field) && <span className={styles['hint']}>{say('front.noBound')}</span>}
          </div>
        ))}
      </div>
      {foot}
    </>
  )
}
