import type { Catalog } from '../../domain/catalog.ts'
import type { DeviceStatus } from '../../protocol/screens.ts'
import { say } from '../words/say.ts'
import {
  describeAlone,
  describePeer,
  describeTroubles,
  describeUpstream,
  type ConnectionText,
} from './neighbours.ts'
import { useLive } from './live-store.ts'
import { printerTroubles } from './printers.ts'
import { describeDrift, describeSaved, describeToSettle, worstFirst } from './strip.ts'
import styles from './StatusStrip.module.css'
import { useTerminalNow } from './use-now.ts'
import { useSilentSince } from './use-silence.ts'

interface StatusStripProps {
  /** What the strip says while the terminal is silent. */
  readonly silence: (sinceMs: number) => string
}

/**
 * Who is connected, when each was last heard, where orders are saved, and what is not yet upstream
 * (rule K3). While the terminal is silent none of that is known, and the strip says only so.
 */
export function StatusStrip({ silence }: StatusStripProps) {
  const status = useLive((live) => live.status)
  const device = useLive((live) => live.device)
  const nowMs = useTerminalNow()
  const silentSinceMs = useSilentSince()
  const catalog = useLive((live) => live.catalog)
  const ordersById = useLive((live) => live.ordersById)
  const savedOnTwo = useLive((live) => live.savedOnTwoIds)
  if (silentSinceMs !== null) {
    return (
      <p role="alert" className={styles['silent']}>
        {silence(silentSinceMs)}
      </p>
    )
  }
  return (
    <section className={styles['strip']} aria-label={say('status.connections')}>
      <strong className={styles['own']}>{device?.deviceName ?? say('common.thisDevice')}</strong>
      {status !== null && (
        <>
          {worstFirst(neighboursOf(status, catalog, nowMs)).map((item) => (
            <Item key={item.text} {...item} />
          ))}
          <span className={styles['gap']} />
          <Item {...describeSaved(status, ordersById.keys(), savedOnTwo)} />
          <Item {...describeUpstream(status.upstream, nowMs)} />
        </>
      )}
    </section>
  )
}

function neighboursOf(
  status: DeviceStatus,
  catalog: Catalog | null,
  nowMs: number,
): ConnectionText[] {
  const alone = describeAlone(status, nowMs)
  const printers = catalog === null ? [] : printerTroubles(catalog, status.printers)
  const troubles = [...(alone === null ? [] : [alone]), ...describeTroubles(status), ...printers]
  return [
    ...troubles.map((text): ConnectionText => ({ health: 'bad', text })),
    ...describeToSettle(status),
    ...describeDrift(status),
    ...(status.peers.length === 0
      ? [{ health: 'off', text: say('status.noOthers') } as const]
      : status.peers.map((peer) => describePeer(peer, nowMs))),
  ]
}

function Item({ health, text }: ConnectionText) {
  return (
    <span className={styles['item']} data-health={health}>
      <span className={styles['mark']} aria-hidden="true" />
      {text}
    </span>
  )
}
