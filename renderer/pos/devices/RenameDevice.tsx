import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import styles from './RenameDevice.module.css'

interface RenameDeviceProps {
  readonly deviceId: string
  readonly name: string
  readonly onDone: () => void
}

/** A device is called so on every screen and every list. */
export function RenameDevice({ deviceId, name, onDone }: RenameDeviceProps) {
  const { renameDevice } = useActions()
  const [text, setText] = useState(name)
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const isRenamed = await renameDevice(deviceId, text.trim())
    setBusy(false)
    if (isRenamed) onDone()
  }
  const isUsable = text.trim() !== ''
  return (
    <div className={styles['form']}>
      <TextInput
        label={say('front.newNameOf', { name })}
        value={text}
        onChange={setText}
        maxLength={60}
        onEnter={() => {
          if (isUsable && !isBusy) void save()
        }}
      />
      <Button onPress={onDone}>{say('front.leaveAsIs')}</Button>
      <Button kind="accent" isDisabled={isBusy || !isUsable} onPress={() => void save()}>
        {say('front.save')}
      </Button>
    </div>
  )
}
