import { useState } from 'react'
import { isForgotten, workedMs, type Shift } from '../../../domain/shifts.ts'
import { Button, Toggle } from '../../ui/Button.tsx'
import { formatAge, formatTime } from '../../ui/format.ts'
import { useLive } from '../../ui/live-store.ts'
import { TextInput } from '../../ui/TextInput.tsx'
import { useTerminalNow } from '../../ui/use-now.ts'
import { say } from '../../words/say.ts'
import { useActions } from '../actions-context.ts'
import { useTill } from '../store.ts'
import { localInput } from '../takeout/promises.ts'
import styles from './HoursBlock.module.css'

interface HoursBlockProps {
  readonly shifts: readonly Shift[]
  readonly onCorrected: () => void
}

/** Hours per person of a business day; who is there, who forgot to leave, and a manager's corrections. */
export function HoursBlock({ shifts, onCorrected }: HoursBlockProps) {
  const nowMs = useTerminalNow()
  const staff = useLive((live) => live.catalog?.staff)
  const [openId, setOpenId] = useState<string | null>(null)
  if (shifts.length === 0) return <p className={styles['soft']}>{say('front.nobodyClocked')}</p>
  const nameOf = (staffId: string) => staff?.get(staffId)?.name ?? staffId
  return (
    <ul className={styles['people']}>
      {[...Map.groupBy(shifts, ({ staffId }) => staffId)].map(([staffId, own]) => (
        <li key={staffId} className={styles['person']}>
          <div className={styles['head']}>
            <strong>{nameOf(staffId)}</strong>
            <span className={styles['sum']}>{formatAge(workedMs(own, nowMs))}</span>
          </div>
          {own.map((shift) => (
            <div key={shift.id} className={styles['shift']}>
              <span data-bad={isForgotten(shift, nowMs)} className={styles['times']}>
                {timesText(shift, nowMs)}
                {shift.corrected !== null && (
                  <span className={styles['soft']}>
                    {' '}
                    · {say('front.correctedBecause', { reason: shift.corrected.reason })}
                  </span>
                )}
              </span>
              {openId === shift.id ? null : (
                <Button
                  label={say('front.correctHoursOf', { name: nameOf(staffId) })}
                  onPress={() => setOpenId(shift.id)}
                >
                  {say('front.correctHours')}
                </Button>
              )}
              {openId === shift.id && (
                <Correction
                  shift={shift}
                  name={nameOf(staffId)}
                  nowMs={nowMs}
                  onDone={(isCorrected) => {
                    setOpenId(null)
                    if (isCorrected) onCorrected()
                  }}
                />
              )}
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

function timesText(shift: Shift, nowMs: number): string {
  if (shift.isVoid) return say('front.didNotWork')
  const from = formatTime(Date.parse(shift.from))
  if (shift.to !== null) {
    return say('front.fromTo', { from, to: formatTime(Date.parse(shift.to)) })
  }
  return isForgotten(shift, nowMs)
    ? say('front.forgotten', { time: from })
    : say('front.sinceTime', { time: from })
}

interface CorrectionProps {
  readonly shift: Shift
  readonly name: string
  readonly nowMs: number
  readonly onDone: (isCorrected: boolean) => void
}

type Kind = 'ended' | 'open' | 'none'

function Correction({ shift, name, nowMs, onDone }: CorrectionProps) {
  const { correctShift } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const [fromMs, setFromMs] = useState(Date.parse(shift.from))
  const [toMs, setToMs] = useState(shift.to === null ? nowMs : Date.parse(shift.to))
  const [kind, setKind] = useState<Kind>('ended')
  const [reason, setReason] = useState('')
  const save = async () => {
    const corrected = await correctShift(
      {
        shiftId: shift.id,
        from: new Date(fromMs).toISOString(),
        to: kind === 'ended' ? new Date(toMs).toISOString() : null,
        isVoid: kind === 'none',
        reason: reason.trim(),
      },
      name,
    )
    if (corrected) onDone(true)
  }
  return (
    <div className={styles['correction']}>
      <div className={styles['fields']}>
        <Moment label={say('front.shiftFrom')} ms={fromMs} onChange={setFromMs} />
        {kind === 'ended' && <Moment label={say('front.shiftTo')} ms={toMs} onChange={setToMs} />}
        <Toggle isSelected={kind === 'open'} onChange={(on) => setKind(on ? 'open' : 'ended')}>
          {say('front.stillAtWork')}
        </Toggle>
        <Toggle isSelected={kind === 'none'} onChange={(on) => setKind(on ? 'none' : 'ended')}>
          {say('front.didNotWork')}
        </Toggle>
      </div>
      <TextInput label={say('front.reason')} value={reason} onChange={setReason} maxLength={200} />
      <div className={styles['buttons']}>
        <Button onPress={() => onDone(false)}>{say('front.leaveAsIs')}</Button>
        <Button
          kind="accent"
          isDisabled={isBusy || reason.trim() === ''}
          onPress={() => void save()}
        >
          {say('front.save')}
        </Button>
      </div>
    </div>
  )
}

function Moment(props: {
  readonly label: string
  readonly ms: number
  readonly onChange: (ms: number) => void
}) {
  return (
    <label className={styles['moment']}>
      <span className={styles['soft']}>{props.label}</span>
      <input
        type="datetime-local"
        value={localInput(props.ms)}
        onChange={(event) => {
          const ms = new Date(event.target.value).getTime()
          if (!Number.isNaN(ms)) props.onChange(ms)
        }}
      />
    </label>
  )
}
