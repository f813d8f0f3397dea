import { useState } from 'react'
import { Button, Toggle } from '../ui/Button.tsx'
import type { Client } from '../ui/client.ts'
import { SelectInput } from '../ui/SelectInput.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { currencyOptions, dayStartOptions, timeZoneOptions } from './choices.ts'
import { FIRST_RUN_WORDS as words } from './first-run-words.ts'
import { FirstMenu } from './FirstMenu.tsx'
import { readForm, usualForm, type Missing, type NewStoreForm } from './new-store-form.ts'
import styles from './NewStore.module.css'

interface News {
  readonly kind: 'asking' | 'refused' | 'opened'
  readonly lines: readonly string[]
}

const CURRENCIES = currencyOptions(navigator.language)
const TIME_ZONES = timeZoneOptions()
const DAY_STARTS = dayStartOptions()

/** All that a new store is asked, on one page: what most would answer stands there already. */
export function NewStore({ client }: { readonly client: Client }) {
  const [form, setForm] = useState(() =>
    usualForm(
      navigator.language,
      Intl.DateTimeFormat().resolvedOptions().timeZone,
      words.usualDeviceName,
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
    const read = readForm(form, words.made)
    if (!read.ok) return setNews({ kind: 'refused', lines: [missingText(read.missing)] })
    setNews({ kind: 'asking', lines: [words.opening] })
    const answer = await client.call('foundStore', { form: read.value })
    if (answer.ok) return setNews({ kind: 'opened', lines: [words.opened(answer.value.storeName)] })
    const { error, message } = answer
    setNews({ kind: 'refused', lines: error.code === 'not_founded' ? error.faults : [message] })
  }

  return (
    <section className={styles['form']} aria-label={words.newStore}>
      <p className={styles['about']}>{words.about}</p>
      <div className={styles['columns']}>
        <fieldset className={styles['group']}>
          <legend>{words.store}</legend>
          <TextInput
            label={words.storeName}
            value={form.name}
            onChange={(name) => change({ name })}
            maxLength={120}
          />
          <SelectInput
            label={words.currency}
            value={form.currency}
            options={CURRENCIES}
            onChange={(currency) => change({ currency })}
          />
          <SelectInput
            label={words.timeZone}
            value={form.timeZone}
            options={TIME_ZONES}
            onChange={(timeZone) => change({ timeZone })}
          />
          <SelectInput
            label={words.dayStarts}
            value={String(form.dayStartsAtMinutes)}
            options={DAY_STARTS}
            onChange={(minutes) => change({ dayStartsAtMinutes: Number(minutes) })}
          />
        </fieldset>
        <div className={styles['stack']}>
          <fieldset className={styles['group']}>
            <legend>{words.you}</legend>
            <TextInput
              label={words.managerName}
              value={form.managerName}
              onChange={(managerName) => change({ managerName })}
              maxLength={120}
            />
            <div className={styles['pair']}>
              <TextInput
                label={words.pin}
                value={form.pin}
                onChange={(pin) => change({ pin: pin.replaceAll(/\D/g, '') })}
                maxLength={4}
                type="tel"
              />
              <TextInput
                label={words.deviceName}
                value={form.deviceName}
                onChange={(deviceName) => change({ deviceName })}
                maxLength={60}
              />
            </div>
          </fieldset>
          <fieldset className={styles['group']}>
            <legend>{words.tax}</legend>
            <div className={styles['tax']}>
              <TextInput
                label={words.taxPercent}
                value={form.taxPercent}
                onChange={(taxPercent) => change({ taxPercent })}
                maxLength={8}
              />
              <Pair
                label={words.tax}
                first={words.contained}
                second={words.onTop}
                isFirst={form.isTaxIncluded}
                onChange={(isTaxIncluded) => change({ isTaxIncluded })}
              />
            </div>
          </fieldset>
        </div>
        <div className={styles['stack']}>
          <fieldset className={styles['group']}>
            <legend>{words.service}</legend>
            <Pair
              label={words.service}
              first={words.atTables}
              second={words.atCounter}
              isFirst={form.hasTables}
              onChange={(hasTables) => change({ hasTables })}
            />
            {form.hasTables ? (
              <TextInput
                label={words.tables}
                value={form.tables}
                onChange={(tables) => change({ tables: tables.replaceAll(/\D/g, '') })}
                maxLength={3}
                type="tel"
              />
            ) : (
              <p className={styles['hint']}>{words.noTables}</p>
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
          {words.open}
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
  typeof missing === 'object' ? words.line(missing.line) : words.missing[missing]
