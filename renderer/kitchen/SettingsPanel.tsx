import { useEffect, useEffectEvent, useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { ThemeChoice } from '../ui/ThemeChoice.tsx'
import { LanguageChoice } from '../words/LanguageChoice.tsx'
import { say } from '../words/say.ts'
import { spoken, type PlainKey } from '../words/spoken.ts'
import {
  DEFAULT_KEYS,
  KEY_ACTIONS,
  keyLabel,
  keyName,
  placeOfAction,
  withKey,
  type KeyAction,
} from './keys.ts'
import { prepStations, withStation } from './KitchenBar.tsx'
import panel from './Panel.module.css'
import { MODES, VOLUMES, type Volume } from './settings.ts'
import styles from './SettingsPanel.module.css'
import { play } from './sounds.ts'
import {
  chooseKeys,
  chooseMode,
  chooseStations,
  chooseTheme,
  chooseVolume,
  openPanel,
  useKitchen,
} from './store.ts'

const MODE_NAMES = spoken({ prep: 'kitchen.prep', expo: 'kitchen.expo' })
const VOLUME_KEYS: Readonly<Record<Volume, PlainKey>> = {
  0: 'kitchen.soundOff',
  1: 'kitchen.soundLow',
  2: 'kitchen.soundMiddle',
  3: 'kitchen.soundLoud',
}
const ACTION_NAMES = spoken({
  nextPage: 'kitchen.nextPage',
  previousPage: 'kitchen.previousPage',
  recall: 'kitchen.recall',
  allDay: 'kitchen.allDay',
  rush: 'kitchen.rushIt',
  settings: 'kitchen.screen',
})

const actionName = (action: KeyAction): string => {
  const place = placeOfAction(action)
  return place === null
    ? ACTION_NAMES[action as keyof typeof ACTION_NAMES]
    : say('kitchen.keyBump', { n: place + 1 })
}

/** What this screen shows, how it sounds, and which key does what. */
export function SettingsPanel({ catalog }: { readonly catalog: Catalog }) {
  const { mode, stationIds, volume, theme } = useKitchen((kitchen) => kitchen.settings)
  const shown = new Set(stationIds)
  return (
    <div className={panel['panel']}>
      <Sheet
        title={say('kitchen.screen')}
        about={say('kitchen.screenAbout')}
        onClose={() => openPanel(null)}
      >
        <div className={styles['settings']}>
          <h3>{say('kitchen.shows')}</h3>
          <div role="group" aria-label={say('kitchen.shows')} className={styles['row']}>
            {MODES.map((one) => (
              <Toggle key={one} isSelected={one === mode} onChange={() => chooseMode(one)}>
                {MODE_NAMES[one]}
              </Toggle>
            ))}
          </div>
          {mode === 'prep' && (
            <div role="group" aria-label={say('kitchen.stations')} className={styles['row']}>
              <Toggle isSelected={shown.size === 0} onChange={() => chooseStations([])}>
                {say('kitchen.allStations')}
              </Toggle>
              {prepStations(catalog).map(([id, { name }]) => (
                <Toggle
                  key={id}
                  isSelected={shown.has(id)}
                  onChange={(isIn) => chooseStations(withStation(shown, id, isIn))}
                >
                  {name}
                </Toggle>
              ))}
            </div>
          )}
          <h3>{say('kitchen.sound')}</h3>
          <div role="group" aria-label={say('kitchen.sound')} className={styles['row']}>
            {VOLUMES.map((one) => (
              <Toggle
                key={one}
                isSelected={one === volume}
                onChange={() => {
                  chooseVolume(one)
                  play('ticket', one)
                }}
              >
                {say(VOLUME_KEYS[one])}
              </Toggle>
            ))}
          </div>
          <h3>{say('till.theme')}</h3>
          <ThemeChoice theme={theme} onChoose={chooseTheme} />
          <h3>{say('common.language')}</h3>
          <LanguageChoice />
          <KeyChoice />
        </div>
      </Sheet>
    </div>
  )
}

function KeyChoice() {
  const keys = useKitchen((kitchen) => kitchen.settings.keys)
  const [action, setAction] = useState<KeyAction | null>(null)
  const onStroke = useEffectEvent((event: KeyboardEvent) => {
    if (action === null) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key !== 'Escape') chooseKeys(withKey(keys, action, keyName(event)))
    setAction(null)
  })
  useEffect(() => {
    if (action === null) return
    // Before anything else hears it: the key is named here, and does nothing.
    const listen = (event: KeyboardEvent) => onStroke(event)
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [action])
  return (
    <>
      <h3>{say('kitchen.keys')}</h3>
      <p className={styles['about']}>{say('kitchen.keysAbout')}</p>
      <ul className={styles['keys']} aria-label={say('kitchen.keys')}>
        {KEY_ACTIONS.map((one) => (
          <li key={one}>
            <Toggle
              className={styles['action']}
              isSelected={one === action}
              onChange={(isSelected) => setAction(isSelected ? one : null)}
            >
              <span>{actionName(one)}</span>
              <kbd>
                {one === action
                  ? say('kitchen.pressKey')
                  : keys[one].map(keyLabel).join(' ') || say('kitchen.noKey')}
              </kbd>
            </Toggle>
          </li>
        ))}
      </ul>
      <Button onPress={() => chooseKeys(DEFAULT_KEYS)}>{say('kitchen.resetKeys')}</Button>
    </>
  )
}
