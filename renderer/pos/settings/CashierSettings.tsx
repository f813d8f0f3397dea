import { useState } from 'react'
import { TILL_RULES_ID, tillRules } from '../../../domain/approvals.ts'
import type { Catalog } from '../../../domain/catalog.ts'
import { parsePercent, percentText } from '../../office/editing/decimals.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import styles from './Settings.module.css'
import { useSaving, type Reading } from './use-saving.tsx'

/** What a cashier may do without a manager. The reasons that are offered stay as they are. */
export function CashierSettings({ catalog }: { readonly catalog: Catalog }) {
  const held = tillRules(catalog)
  const [limit, setLimit] = useState(percentText(held.discountLimitPpm))
  const { foot } = useSaving((): Reading => {
    const discountLimitPpm = parsePercent(limit.trim() === '' ? '0' : limit)
    if (discountLimitPpm === null || discountLimitPpm < 0 || discountLimitPpm > 1_000_000) {
      return { ok: false, fault: say('front.notANumber', { field: say('front.discountLimit') }) }
    }
    const value = { ...held, discountLimitPpm }
    return { ok: true, records: [{ kind: 'till_rules', id: TILL_RULES_ID, value }] }
  })
  return (
    <>
      <div className={styles['fields']}>
        <TextInput
          label={say('front.discountLimit')}
          value={limit}
          onChange={setLimit}
          maxLength={8}
        />
      </div>
      {foot}
    </>
  )
}
