import { useState } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import type { Catalog } from '../../../domain/catalog.ts'
import type { SignedIn } from '../../../protocol/screens.ts'
import { useLive } from '../../ui/live-store.ts'
import { Sheet } from '../../ui/Sheet.tsx'
import { chooseTheme, currentTheme } from '../../ui/theme.ts'
import { ThemeChoice } from '../../ui/ThemeChoice.tsx'
import { useActions } from '../actions-context.ts'
import { PictureChoice } from '../pictures/PictureChoice.tsx'
import { closeSheet } from '../store.ts'
import { LanguageChoice } from '../../words/LanguageChoice.tsx'
import { say } from '../../words/say.ts'
import { ENTRIES, GROUPS, type Entry } from './entries.ts'
import styles from './MoreSheet.module.css'
import { ModeChoice } from '../ringing/ModeChoice.tsx'
import { printersInTrouble } from './trouble.ts'

interface MoreSheetProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** So that the bar stays calm: one place for the rest, in groups that do not move. */
export function MoreSheet({ catalog, staff }: MoreSheetProps) {
  const { setOwnLanguage } = useActions()
  const entries = ENTRIES.filter(({ isThere }) => isThere(staff.role, catalog))
  return (
    <Sheet title={say('till.more')} about={say('till.moreAbout')} onClose={closeSheet}>
      <div className={styles['groups']}>
        {GROUPS.map((group) => {
          const own = entries.filter((entry) => entry.group === group)
          if (own.length === 0) return null
          const name = say(`till.group_${group}`)
          return (
            <section key={group} aria-label={name}>
              <h3 className={styles['title']}>{name}</h3>
              <div className={styles['entries']}>
                {own.map((entry) => (
                  <EntryButton key={entry.id} entry={entry} />
                ))}
              </div>
            </section>
          )
        })}
        <section aria-label={say('till.group_screen')}>
          <h3 className={styles['title']}>{say('till.group_screen')}</h3>
          <div className={styles['choices']}>
            <ModeChoice />
            <ThemeOfTill />
            <div className={styles['language']}>
              <LanguageChoice onChoose={(language) => void setOwnLanguage(language)} />
              <p className={styles['about']}>{say('till.yourLanguage')}</p>
            </div>
            {catalog.item_picture.size > 0 && <PictureChoice />}
          </div>
        </section>
      </div>
    </Sheet>
  )
}

function EntryButton({ entry }: { readonly entry: Entry }) {
  const troubles = useLive((live) => (entry.id === 'printers' ? printersInTrouble(live.status) : 0))
  return (
    <AriaButton className={styles['entry'] ?? ''} onPress={entry.open}>
      <span className={styles['name']}>
        {say(entry.name)}
        {troubles > 0 && <span className={styles['trouble']}>{troubles}</span>}
      </span>
      <span className={styles['about']}>{say(entry.about)}</span>
    </AriaButton>
  )
}

function ThemeOfTill() {
  const [theme, setTheme] = useState(currentTheme)
  return (
    <ThemeChoice
      theme={theme}
      onChoose={(one) => {
        chooseTheme(one)
        setTheme(one)
      }}
    />
  )
}
