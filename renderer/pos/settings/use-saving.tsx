import { useState, type ReactNode } from 'react'
import type { SettingsRecord } from '../../../protocol/settings.ts'
import { Button } from '../../ui/Button.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import styles from './Settings.module.css'

/** What a form comes to, or what is wrong in it. */
export type Reading =
  | { readonly ok: true; readonly records: readonly SettingsRecord[] }
  | { readonly ok: false; readonly fault: string }

/** The foot of each section: Save, and what became of it. */
export function useSaving(read: () => Reading): { readonly foot: ReactNode } {
  const { setSettings } = useActions()
  const [news, setNews] = useState<{ readonly isBad: boolean; readonly text: string } | null>(null)
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    const reading = read()
    if (!reading.ok) return setNews({ isBad: true, text: reading.fault })
    setBusy(true)
    const answer = await setSettings(reading.records)
    setBusy(false)
    setNews(
      answer.ok
        ? { isBad: false, text: say('front.saved') }
        : { isBad: true, text: answer.message },
    )
  }
  return {
    foot: (
      <div className={styles['foot']}>
        <Button kind="accent" isLarge isDisabled={isBusy} onPress={() => void save()}>
          {say('front.save')}
        </Button>
        <p
          className={styles['news']}
          data-bad={news?.isBad}
          role={news?.isBad === true ? 'alert' : 'status'}
        >
          {news?.text}
        </p>
      </div>
    ),
  }
}

/** A whole number between bounds; undefined: it is none. */
export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : undefined
}
