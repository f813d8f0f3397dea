import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { RenameDevice } from './devices/RenameDevice.tsx'
import { ScreenUseForm } from './devices/ScreenUseForm.tsx'
import styles from './DeviceRow.module.css'
import type { RosterRow } from './roster.ts'

interface DeviceRowProps {
  readonly row: RosterRow
  readonly catalog: Catalog
  /** Somebody wants to remove it, and is asked whether they mean it. */
  readonly isAsked: boolean
  readonly onAsk: (isAsked: boolean) => void
}

export function DeviceRow({ row, catalog, isAsked, onAsk }: DeviceRowProps) {
  const [isRenaming, setRenaming] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  const mayRevoke = !row.isOwn && !row.isRemoved
  return (
    <div
      className={styles['device']}
      data-removed={row.isRemoved}
      data-asked={mayRevoke && isAsked}
    >
      <div className={styles['row']}>
        <span className={styles['code']}>{row.code}</span>
        <span className={styles['who']}>
          <span className={styles['name']}>{row.name}</span>
          <span className={styles['role']}>{row.role}</span>
        </span>
        <span className={styles['contact']} data-health={row.contact.health}>
          {row.contact.text}
          {row.drift !== null && <span className={styles['drift']}>{row.drift}</span>}
        </span>
        {!row.isRemoved && row.hasScreen && (
          <Toggle
            isSelected={isChoosing}
            onChange={setChoosing}
            label={say('devices.screenOf', { name: row.name })}
          >
            {say('devices.screen')}
          </Toggle>
        )}
        {!row.isRemoved && (
          <Toggle
            className={styles['rename']}
            isSelected={isRenaming}
            onChange={setRenaming}
            label={say('front.renameName', { name: row.name })}
          >
            {say('front.rename')}
          </Toggle>
        )}
        {mayRevoke && (
          <Toggle
            isSelected={isAsked}
            onChange={onAsk}
            label={say('devices.revokeName', { name: row.name })}
            className={styles['revoke']}
          >
            {say('devices.revoke')}
          </Toggle>
        )}
      </div>
      {isRenaming && !row.isRemoved && (
        <RenameDevice deviceId={row.deviceId} name={row.name} onDone={() => setRenaming(false)} />
      )}
      {isChoosing && !row.isRemoved && (
        <ScreenUseForm
          catalog={catalog}
          deviceId={row.deviceId}
          name={row.name}
          onDone={() => setChoosing(false)}
        />
      )}
      {mayRevoke && isAsked && <Confirmation row={row} onKeep={() => onAsk(false)} />}
    </div>
  )
}

function Confirmation({ row, onKeep }: { readonly row: RosterRow; readonly onKeep: () => void }) {
  const { revokeDevice } = useActions()
  const [isBusy, setBusy] = useState(false)
  const isHeard = row.contact.health === 'good'
  const revoke = async () => {
    setBusy(true)
    await revokeDevice(row.deviceId)
    setBusy(false)
  }
  return (
    <div
      className={styles['confirmation']}
      role="group"
      aria-label={say('devices.revokeAsk', { name: row.name })}
    >
      <p>
        <strong>{say('devices.revokeAsk', { name: row.name })}</strong>{' '}
        {say(isHeard ? 'devices.revokeStays' : 'devices.revokeLoses')}
      </p>
      <div className={styles['buttons']}>
        <Button onPress={onKeep}>{say('devices.keepIt')}</Button>
        <Button
          kind="danger"
          className={styles['really']}
          isDisabled={isBusy}
          onPress={() => void revoke()}
        >
          {say('devices.revokeForGood', { name: row.name })}
        </Button>
      </div>
    </div>
  )
}
