import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import type { SettingsRecord } from '../../../protocol/settings.ts'
import { parsePercent, percentText } from '../../office/editing/decimals.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { newId } from '../../ui/new-id.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import styles from './Settings.module.css'
import { useSaving, type Reading } from './use-saving.tsx'

interface TaxRow {
  readonly id: string
  readonly name: string
  readonly percent: string
  readonly included: boolean
}

/** Each tax as a row; one with which something is sold cannot be removed, and says so. */
export function TaxSettings({ catalog }: { readonly catalog: Catalog }) {
  const [rows, setRows] = useState<readonly TaxRow[]>(() =>
    [...catalog.tax_rate].map(([id, { name, ratePpm, included }]) => ({
      id,
      name,
      percent: percentText(ratePpm),
      included,
    })),
  )
  const change = (id: string, changed: Partial<TaxRow>) =>
    setRows((before) => before.map((row) => (row.id === id ? { ...row, ...changed } : row)))
  const { foot } = useSaving((): Reading => {
    const records: SettingsRecord[] = []
    for (const { id, name, percent, included } of rows) {
      const ratePpm = parsePercent(percent)
      if (name.trim() === '' || ratePpm === null || ratePpm < 0 || ratePpm > 1_000_000) {
        return { ok: false, fault: say('front.notANumber', { field: name || say('front.tax') }) }
      }
      records.push({ kind: 'tax_rate', id, value: { name: name.trim(), ratePpm, included } })
    }
    const kept = new Set(rows.map(({ id }) => id))
    const removed = [...catalog.tax_rate.keys()].filter((id) => !kept.has(id))
    for (const id of removed) records.push({ kind: 'tax_rate', id, value: null })
    return { ok: true, records }
  })
  return (
    <>
      {rows.map((row) => (
        <div key={row.id} className={styles['tax']}>
          <TextInput
            label={say('front.taxName')}
            value={row.name}
            onChange={(name) => change(row.id, { name })}
            maxLength={120}
          />
          <TextInput
            label={say('front.percent')}
            value={row.percent}
            onChange={(percent) => change(row.id, { percent })}
            maxLength={8}
          />
          <Toggle isSelected={row.included} onChange={() => change(row.id, { included: true })}>
            {say('front.contained')}
          </Toggle>
          <Toggle isSelected={!row.included} onChange={() => change(row.id, { included: false })}>
            {say('front.onTop')}
          </Toggle>
          <Button
            kind="danger"
            label={say('front.removeTax', { name: row.name })}
            onPress={() => setRows((before) => before.filter(({ id }) => id !== row.id))}
          >
            {say('front.remove')}
          </Button>
        </div>
      ))}
      <Button
        onPress={() =>
          setRows((before) => [...before, { id: newId(), name: '', percent: '', included: true }])
        }
      >
        {say('front.addTax')}
      </Button>
      {foot}
    </>
  )
}
