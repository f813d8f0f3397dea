import type { ShownPairingCode } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { formatCode, formatTimer } from '../ui/format.ts'
import { useFromNow } from '../ui/use-now.ts'
import { say } from '../words/say.ts'
import styles from './PairingPanel.module.css'

interface PairingPanelProps {
  readonly shown: ShownPairingCode
  readonly onNewCode: () => void
}

/** The code, as large as it goes: it is read from here and typed in over there. */
export function PairingPanel({ shown, onNewCode }: PairingPanelProps) {
  const secondsLeft = useFromNow((nowMs) =>
    Math.max(0, Math.ceil((shown.expiresAtMs - nowMs) / 1_000)),
  )
  const isOver = secondsLeft === 0
  return (
    <div className={styles['panel']} data-over={isOver}>
      <p className={styles['label']}>{say('devices.code')}</p>
      <p className={styles['code']}>{formatCode(shown.code)}</p>
      <div className={styles['validity']}>
        <p role={isOver ? 'status' : undefined}>
          {isOver
            ? say('devices.codeExpired')
            : say('devices.codeValid', { time: formatTimer(secondsLeft * 1_000) })}
        </p>
        <Button kind={isOver ? 'accent' : 'plain'} onPress={onNewCode}>
          {say('devices.newCode')}
        </Button>
      </div>
      <p className={styles['label']}>
        {say('devices.addresses', { count: shown.addresses.length })}
      </p>
      <ul className={styles['addresses']}>
        {shown.addresses.map((address) => (
          <li key={address}>{address}</li>
        ))}
      </ul>
      {shown.addresses.length > 1 && (
        <p className={styles['hint']}>{say('devices.whichAddress')}</p>
      )}
    </div>
  )
}
