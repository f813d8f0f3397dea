import type { ShownPairingCode } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { formatCode, formatTimer } from '../ui/format.ts'
import { useFromNow } from '../ui/use-now.ts'
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
      <p className={styles['label']}>Code</p>
      <p className={styles['code']}>{formatCode(shown.code)}</p>
      <div className={styles['validity']}>
        <p role={isOver ? 'status' : undefined}>
          {isOver
            ? 'This code has expired.'
            : `Valid for ${formatTimer(secondsLeft * 1_000)}, for one device and three tries`}
        </p>
        <Button kind={isOver ? 'accent' : 'plain'} onPress={onNewCode}>
          Show a new code
        </Button>
      </div>
      <p className={styles['label']}>
        {shown.addresses.length === 1 ? 'Address of this device' : 'Addresses of this device'}
      </p>
      <ul className={styles['addresses']}>
        {shown.addresses.map((address) => (
          <li key={address}>{address}</li>
        ))}
      </ul>
      {shown.addresses.length > 1 && (
        <p className={styles['hint']}>Take the one on the network that the new device is on.</p>
      )}
    </div>
  )
}
