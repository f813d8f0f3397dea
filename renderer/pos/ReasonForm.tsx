import type { ReasonKind } from '../../domain/catalog.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { say } from '../words/say.ts'
import styles from './ReasonForm.module.css'
import { useReasons } from './reasons.ts'
import { useTill } from './store.ts'

interface ReasonFormProps {
  readonly kind: ReasonKind
  readonly reason: string
  readonly onReason: (reason: string) => void
  readonly action: string
  readonly onAct: () => void
}

/** A reason, picked or typed, and then the deed. */
export function ReasonForm({ kind, reason, onReason, action, onAct }: ReasonFormProps) {
  const reasons = useReasons(kind)
  const isBusy = useTill((till) => till.isBusy)
  return (
    <div className={styles['form']}>
      <div role="group" aria-label={say('common.reason')} className={styles['reasons']}>
        {reasons.map((preset) => (
          <Toggle
            key={preset}
            isSelected={preset === reason}
            onChange={(isSelected) => onReason(isSelected ? preset : '')}
          >
            {preset}
          </Toggle>
        ))}
      </div>
      <TextInput
        label={say('common.reasonWords')}
        value={reason}
        onChange={onReason}
        maxLength={200}
      />
      <div className={styles['act']}>
        <p className={styles['missing']}>{reason.trim() === '' && say('reason.missing')}</p>
        <Button
          kind="danger"
          isLarge
          className={styles['button']}
          isDisabled={isBusy || reason.trim() === ''}
          onPress={onAct}
        >
          {action}
        </Button>
      </div>
    </div>
  )
}
