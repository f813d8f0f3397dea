import { useState } from 'react'
import { Button, Toggle } from '../ui/Button.tsx'
import type { Client } from '../ui/client.ts'
import { SelectInput } from '../ui/SelectInput.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { currencyOptions, dayStartOptions, timeZoneOptions } from './choices.ts'
import { FirstMenu } from './FirstMenu.tsx'
import { readForm, usualForm, type Missing, type NewStoreForm } from './new-store-form.ts'
import styles from './NewStore.module.css'
import { currentLocale, say } from '../words/say.ts'
import { spoken } from '../words/spoken.ts'

interface News {
  readonly kind: 'asking' | 'refused' | 'opened'
  readonly lines: readonly string[]
}

const TIME_ZONES = timeZoneOptions()

/** All that a new store is asked, on one page: what most would answer stands there already. */
export function NewStore({ client }: { readonly client: Client }) {
  const [currencies] = useState(() => currencyOptions(currentLocale()))
  const [dayStarts] = useState(() => dayStartOptions(currentLocale()))
  const [form, setForm] = useState(() =>
    usualForm(
      navigator.language,
      Intl.DateTimeFormat().resolvedOptions().timeZone,
      say('front.usualDeviceName'),
    ),
  )
  const [news, setNews] = useState<News | null>(null)
  const isOpening = news?.kind === 'asking' || news?.kind === 'opened'
  const change = (changed: Partial<NewStoreForm>) => {
    setForm((before) => ({ ...before, ...changed }))
    setNews(null)
  }

  const open = async () => {
    if (isOpening) return
    const read = readForm(form, {
      room: say('front.made_room'),
      kitchen: say('front.made_kitchen'),
      menu: say('front.made_menu'),
      noTax: say('front.made_noTax'),
      tax: (percent) => say('front.made_tax', { percent: percent }),
    })
    if (!read.ok) return setNews({ kind: 'refused', lines: [missingText(read.missing)] })
    setNews({ kind: 'asking', lines: [say('front.opening')] })
    const answer = await client.call('foundStore', { form: read.value })
    if (answer.ok)
      return setNews({
        kind: 'opened',
        lines: [say('front.opened', { name: answer.value.storeName })],
      })
    const { error, message } = answer
    setNews({ kind: 'refused', lines: error.code === 'not_founded' ? error.faults : [message] })
  }

  return (
    <section className={styles['form']} aria-label={say('front.newStore')}>
      <p className={styles['about']}>{say('front.newStoreAbout')}</p>
      <div className={styles['columns']}>
        <fieldset className={styles['group']}>
          <legend>{say('front.theStore')}</legend>
          <TextInput
            label={say('front.storeName')}
            value={form.name}
            onChange={(name) => change({ name })}
            maxLength={120}
          />
          <SelectInput
            label={say('front.currency')}
            value={form.currency}
            options={currencies}
            onChange={(currency) => change({ currency })}
          />
          <SelectInput
            label={say('front.timeZone')}
            value={form.timeZone}
            options={TIME_ZONES}
            onChange={(timeZone) => change({ timeZone })}
          />
          <SelectInput
            label={say('front.dayStarts')}
            value={String(form.dayStartsAtMinutes)}
            options={dayStarts}
            onChange={(minutes) => change({ dayStartsAtMinutes: Number(minutes) })}
          />
        </fieldset>
        <div className={styles['stack']}>
          <fieldset className={styles['group']}>
            <legend>{say('front.you')}</legend>
            <TextInput
              label={say('front.managerName')}
              value={form.managerName}
              onChange={(managerName) => change({ managerName })}
              maxLength={120}
            />
            <div className={styles['pair']}>
              <TextInput
                label={say('front.newPin')}
                value={form.pin}
                onChange={(pin) => change({ pin: pin.replaceAll(/\D/g, '') })}
                maxLength={4}
                type="tel"
              />
              <TextInput
                label={say('front.deviceName')}
                value={form.deviceName}
                onChange={(deviceName) => change({ deviceName })}
                maxLength={60}
              />
            </div>
          </fieldset>
          <fieldset className={styles['group']}>
            <legend>{say('front.tax')}</legend>
            <div className={styles['tax']}>
              <TextInput
                label={say('front.taxPercent')}
                value={form.taxPercent}
                onChange={(taxPercent) => change({ taxPercent })}
                maxLength={8}
              />
              <Pair
                label={say('front.tax')}
                first={say('front.contained')}
                second={say('front.onTop')}
                isFirst={form.isTaxIncluded}
                onChange={(isTaxIncluded) => change({ isTaxIncluded })}
              />
            </div>
          </fieldset>
        </div>
        <div className={styles['stack']}>
          <fieldset className={styles['group']}>
            <legend>{say('front.service')}</legend>
            <Pair
              label={say('front.service')}
              first={say('front.atTables')}
              second={say('front.atCounter')}
              isFirst={form.hasTables}
              onChange={(hasTables) => change({ hasTables })}
            />
            {form.hasTables ? (
              <TextInput
                label={say('front.tableCount')}
                value={form.tables}
                onChange={(tables) => change({ tables: tables.replaceAll(/\D/g, '') })}
                maxLength={3}
                type="tel"
              />
            ) : (
              <p className={styles['hint']}>{say('front.noTables')}</p>
            )}
          </fieldset>
          <FirstMenu
            menu={form.menu}
            currency={form.currency}
            client={client}
            onChange={(menu) => change({ menu })}
          />
        </div>
      </div>
      <div className={styles['foot']}>
        <div
          className={styles['news']}
          data-kind={news?.kind}
          role={news?.kind === 'refused' ? 'alert' : 'status'}
        >
          {news?.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
        <Button kind="accent" isLarge isDisabled={isOpening} onPress={() => void open()}>
          {say('front.openStore')}
        </Button>
      </div>
    </section>
  )
}

interface PairProps {
  readonly label: string
  readonly first: string
  readonly second: string
  readonly isFirst: boolean
  readonly onChange: (isFirst: boolean) => void
}

function Pair({ label, first, second, isFirst, onChange }: PairProps) {
  return (
    <div className={styles['pair']} role="group" aria-label={label}>
      <Toggle isSelected={isFirst} onChange={() => onChange(true)}>
        {first}
      </Toggle>
      <Toggle isSelected={!isFirst} onChange={() => onChange(false)}>
        {second}
      </Toggle>
    </div>
  )
}

const missingText = (missing: Missing): string =>
  typeof missing === 'object'
    ? say('front.lineWithoutPrice', { line: missing.line })
    : MISSING_WORDS[missing]

const MISSING_WORDS = spoken({
  name: 'front.missing_name',
  managerName: 'front.missing_managerName',
  pin: 'front.missing_pin',
  tables: 'front.missing_tables',
  tax: 'front.missing_tax',
  file: 'front.missing_file',
  deviceName: 'front.missing_deviceName',
})
