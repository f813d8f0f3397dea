import { useState } from 'react'
import type { Catalog } from '../../../domain/catalog.ts'
import {
  SCREEN_USES,
  screenPage,
  startPage,
  type DeviceScreen,
} from '../../../domain/device-screen.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import styles from './ScreenUseForm.module.css'

interface ScreenUseFormProps {
  readonly catalog: Catalog
  readonly deviceId: string
  readonly name: string
  readonly onDone: () => void
}

/** What the screen of a device is for, said at any till (rule J6). */
export function ScreenUseForm({ catalog, deviceId, name, onDone }: ScreenUseFormProps) {
  const { setDeviceScreen } = useActions()
  const [screen, setScreen] = useState(() => heldOf(catalog, deviceId))
  const [isBusy, setBusy] = useState(false)
  const chosen = new Set(screen.stationIds)
  const save = async () => {
    setBusy(true)
    const isSet = await setDeviceScreen(deviceId, screen)
    setBusy(false)
    if (isSet) onDone()
  }
  const toggleStation = (id: string, isIn: boolean) =>
    setScreen({
      ...screen,
      stationIds: isIn ? [...chosen, id] : screen.stationIds.filter((one) => one !== id),
    })
  return (
    <div className={styles['form']} role="group" aria-label={say('devices.screenOf', { name })}>
      <div className={styles['choices']}>
        {SCREEN_USES.map((use) => (
          <Toggle
            key={use}
            isSelected={screen.use === use}
            onChange={() => setScreen({ ...screen, use })}
          >
            {say(`devices.use_${use}`)}
          </Toggle>
        ))}
      </div>
      {screen.use === 'prep' && (
        <div className={styles['choices']} role="group" aria-label={say('kitchen.stations')}>
          <Toggle
            isSelected={chosen.size === 0}
            onChange={() => setScreen({ ...screen, stationIds: [] })}
          >
            {say('kitchen.allStations')}
          </Toggle>
          {stationsOf(catalog).map(([id, station]) => (
            <Toggle
              key={id}
              isSelected={chosen.has(id)}
              onChange={(isIn) => toggleStation(id, isIn)}
            >
              {station.name}
            </Toggle>
          ))}
        </div>
      )}
      {screenPage(screen) === 'pos' && (
        <div className={styles['choices']}>
          <Toggle
            isSelected={screen.guestDisplay}
            onChange={(guestDisplay) => setScreen({ ...screen, guestDisplay })}
          >
            {say('devices.guestDisplay')}
          </Toggle>
        </div>
      )}
      <div className={styles['foot']}>
        <p className={styles['about']}>{say('devices.screenAbout')}</p>
        <Button onPress={onDone}>{say('front.leaveAsIs')}</Button>
        <Button kind="accent" isDisabled={isBusy} onPress={() => void save()}>
          {say('front.save')}
        </Button>
      </div>
    </div>
  )
}

/** Until somebody has said something a device is what its role makes of it. */
function heldOf(catalog: Catalog, deviceId: string): DeviceScreen {
  const held = catalog.device_screen.get(deviceId)
  if (held !== undefined) return held
  const use = startPage(catalog, deviceId) === 'kitchen' ? 'prep' : 'tables'
  return { use, stationIds: [], guestDisplay: false }
}

const stationsOf = (catalog: Catalog) =>
  [...catalog.station]
    .filter(([, { kind }]) => kind !== 'expo')
    .toSorted(([, a], [, b]) => a.position - b.position)
