import { useState } from 'react'
import { TILL_RULES_ID, tillRules, type TillRules } from '../../../domain/approvals.ts'
import { MOST_IDLE_MINUTES, REASON_KINDS, type Catalog } from '../../../domain/catalog.ts'
import {
  decimalText,
  parseDecimal,
  parsePercent,
  percentText,
} from '../../office/editing/decimals.ts'
import { decimalsOf } from '../../ui/format.ts'
import { currencyOf } from '../../ui/settings.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { Lines, linesOf } from './Lines.tsx'
import styles from './Settings.module.css'
import { useSaving, wholeNumber, type Reading } from './use-saving.tsx'

const MOST_REASONS = 12
const MOST_LETTERS = 80

/** What a cashier may do without a manager, and the reasons that the till offers. */
export function CashierSettings({ catalog }: { readonly catalog: Catalog }) {
  const held = tillRules(catalog)
  const [limit, setLimit] = useState(percentText(held.discountLimitPpm))
  const currency = currencyOf(catalog)
  const decimals = decimalsOf(currency)
  const [openLimit, setOpenLimit] = useState(
    held.openItemLimitMinor === undefined ? '' : decimalText(held.openItemLimitMinor, decimals),
  )
  const [idle, setIdle] = useState(String(held.signOutAfterMinutes ?? ''))
  const [reasons, setReasons] = useState(() =>
    Object.fromEntries(REASON_KINDS.map((kind) => [kind, (held.reasons[kind] ?? []).join('\n')])),
  )
  const { foot } = useSaving((): Reading => {
    const discountLimitPpm = parsePercent(limit.trim() === '' ? '0' : limit)
    if (discountLimitPpm === null || discountLimitPpm < 0 || discountLimitPpm > 1_000_000) {
      return { ok: false, fault: say('front.notANumber', { field: say('front.discountLimit') }) }
    }
    const openItemLimitMinor = openLimit.trim() === '' ? null : parseDecimal(openLimit, decimals)
    if (openLimit.trim() !== '' && (openItemLimitMinor === null || openItemLimitMinor < 0)) {
      return {
        ok: false,
        fault: say('front.notANumber', { field: say('front.openItemLimit', { currency }) }),
      }
    }
    const idleMinutes = idle.trim() === '' ? null : wholeNumber(idle, 1, MOST_IDLE_MINUTES)
    if (idleMinutes === undefined) {
      return { ok: false, fault: say('front.notANumber', { field: say('front.signOutAfter') }) }
    }
    const value = {
      discountLimitPpm,
      ...(idleMinutes !== null && { signOutAfterMinutes: idleMinutes }),
      ...(openItemLimitMinor !== null && { openItemLimitMinor }),
      reasons: reasonsIn(reasons),
    }
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
        <TextInput
          label={say('front.openItemLimit', { currency })}
          value={openLimit}
          onChange={setOpenLimit}
          maxLength={12}
        />
        <TextInput
          label={say('front.signOutAfter')}
          value={idle}
          onChange={setIdle}
          maxLength={3}
        />
      </div>
      <p className={styles['hint']}>{say('front.reasonsAbout')}</p>
      <div className={styles['fields']}>
        {REASON_KINDS.map((kind) => (
          <Lines
            key={kind}
            label={say(`front.reasons_${kind}`)}
            text={reasons[kind] ?? ''}
            onChange={(text) => setReasons({ ...reasons, [kind]: text })}
          />
        ))}
      </div>
      {foot}
    </>
  )
}

/** Of a kind without any the till offers its own. */
const reasonsIn = (texts: Readonly<Record<string, string>>): TillRules['reasons'] =>
  Object.fromEntries(
    REASON_KINDS.map((kind) => [
      kind,
      linesOf(texts[kind] ?? '', { lines: MOST_REASONS, letters: MOST_LETTERS }).filter(
        (line) => line !== '',
      ),
    ]).filter(([, lines]) => (lines?.length ?? 0) > 0),
  )
