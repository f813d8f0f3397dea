import { useState } from 'react'
import {
  CHANNELS,
  MAX_GUESTS,
  STORE_RECORD_ID,
  type Catalog,
  type Channel,
} from '../../../domain/catalog.ts'
import { dayStartOptions, timeZoneOptions } from '../../join/choices.ts'
import { parsePercent, percentText } from '../../office/editing/decimals.ts'
import { Toggle } from '../../ui/Button.tsx'
import { SelectInput } from '../../ui/SelectInput.tsx'
import { settingsOf } from '../../ui/settings.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { CHANNEL_NAMES } from '../../ui/words.ts'
import { currentLocale, say } from '../../words/say.ts'
import styles from './Settings.module.css'
import { useSaving, wholeNumber, type Reading } from './use-saving.tsx'

const TIME_ZONES = timeZoneOptions()

export function StoreSettingsForm({ catalog }: { readonly catalog: Catalog }) {
  const held = settingsOf(catalog)
  const [dayStarts] = useState(() => dayStartOptions(currentLocale()))
  const [form, setForm] = useState(held)
  const [charge, setCharge] = useState(percentText(held?.serviceChargePpm ?? 0))
  const [guests, setGuests] = useState(String(held?.serviceChargeFromGuests ?? ''))
  const { foot } = useSaving((): Reading => {
    const serviceChargePpm = parsePercent(charge.trim() === '' ? '0' : charge)
    if (form === undefined || serviceChargePpm === null || serviceChargePpm > 1_000_000) {
      return { ok: false, fault: say('front.notANumber', { field: say('front.serviceCharge') }) }
    }
    if (form.name.trim() === '') return { ok: false, fault: say('front.missing_name') }
    const { serviceChargeFromGuests: _, ...rest } = form
    const fromGuests = guests.trim() === '' ? null : wholeNumber(guests, 1, MAX_GUESTS)
    if (fromGuests === undefined) {
      return { ok: false, fault: say('front.notANumber', { field: say('front.chargeFromGuests') }) }
    }
    const value = {
      ...rest,
      name: form.name.trim(),
      serviceChargePpm,
      ...(fromGuests !== null && { serviceChargeFromGuests: fromGuests }),
    }
    return { ok: true, records: [{ kind: 'store', id: STORE_RECORD_ID, value }] }
  })
  if (form === undefined) return null
  return (
    <>
      <div className={styles['fields']}>
        <TextInput
          label={say('front.storeName')}
          value={form.name}
          onChange={(name) => setForm({ ...form, name })}
          maxLength={120}
        />
        <SelectInput
          label={say('front.timeZone')}
          value={form.timeZone}
          options={TIME_ZONES}
          onChange={(timeZone) => setForm({ ...form, timeZone })}
        />
        <SelectInput
          label={say('front.dayStarts')}
          value={String(form.dayStartsAtMinutes)}
          options={dayStarts}
          onChange={(minutes) => setForm({ ...form, dayStartsAtMinutes: Number(minutes) })}
        />
        <SelectInput
          label={say('front.taxRounding')}
          value={form.taxRounding}
          options={[
            { value: 'line', label: say('front.perLine') },
            { value: 'order', label: say('front.perOrder') },
          ]}
          onChange={(rounding) =>
            setForm({ ...form, taxRounding: rounding === 'order' ? 'order' : 'line' })
          }
        />
        <TextInput
          label={say('front.serviceCharge')}
          value={charge}
          onChange={setCharge}
          maxLength={8}
        />
        <TextInput
          label={say('front.chargeFromGuests')}
          value={guests}
          onChange={setGuests}
          maxLength={3}
        />
      </div>
      <ChannelChoice
        label={say('front.payLater')}
        chosen={form.payLaterChannels}
        onChange={(payLaterChannels) => setForm({ ...form, payLaterChannels })}
      />
      <ChannelChoice
        label={say('front.confirmByHand')}
        chosen={form.confirmByHandChannels ?? []}
        onChange={(confirmByHandChannels) => setForm({ ...form, confirmByHandChannels })}
      />
      {foot}
    </>
  )
}

function ChannelChoice({
  label,
  chosen,
  onChange,
}: {
  readonly label: string
  readonly chosen: readonly Channel[]
  readonly onChange: (channels: Channel[]) => void
}) {
  return (
    <div className={styles['group']}>
      <span className={styles['label']}>{label}</span>
      <div className={styles['choices']} role="group" aria-label={label}>
        {CHANNELS.map((channel) => (
          <Toggle
            key={channel}
            isSelected={chosen.includes(channel)}
            onChange={(isOn) =>
              onChange(CHANNELS.filter((one) => (one === channel ? isOn : chosen.includes(one))))
            }
          >
            {CHANNEL_NAMES[channel]}
          </Toggle>
        ))}
      </div>
    </div>
  )
}
