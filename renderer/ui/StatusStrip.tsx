import {
  describeAlone,
  describePeer,
  describeTroubles,
  describeUpstream,
  type Health,
} from './neighbours.ts'
import { useLive } from './live-store.ts'
import { printerTroubles } from './printers.ts'
import styles from './StatusStrip.module.css'
import { useTerminalNow } from './use-now.ts'
import { useSilentSince } from './use-silence.ts'
import { say } from '../words/say.ts'

interface StatusStripProps {
  /** What the strip says while the terminal is silent. */
  readonly silence: (sinceMs: number) => string
}

/**
 * Who is connected, when each was last heard, and what is not yet upstream (rule K3). While the
 * terminal is silent none of that is known, and the strip says only so.
 */
export function StatusStrip({ silence }: StatusStripProps) {
  const status = useLive((live) => live.status)
  const device = useLive((live) => live.device)
  const nowMs = useTerminalNow()
  const silentSinceMs = useSilentSince()
  const catalog = useLive((live) => live.catalog)
  const printers =
    status === null || catalog === null ? [] : printerTroubles(catalog, status.printers)
  const alone = status === null ? null : describeAlone(status, nowMs)
  if (silentSinceMs !== null) {
    return (
      <p role="alert" className={styles['silent']}>
        {silence(silentSinceMs)}
      </p>
    )
  }
  return (
    <section className={styles['strip']} aria-label="Connections">
      <strong className={styles['own']}>{device?.deviceName ?? say('common.thisDevice')}</strong>
      {status !== null && (
        <>
          {status.peers.length === 0 && <Item health="off" text="No other devices" />}
          {status.peers.map((peer) => (
            <Item key={peer.deviceId} {...describePeer(peer, nowMs)} />
          ))}
          {alone !== null && <Item health="bad" text={alone} />}
          {[...describeTroubles(status), ...printers].map((text) => (
            <Item key={text} health="bad" text={text} />
          ))}
          <span className={styles['gap']} />
          <Item {...describeUpstream(status.upstream, nowMs)} />
        </>
      )}
    </section>
  )
}

function Item({ health, text }: { readonly health: Health; readonly text: string }) {
  return (
    <span className={styles['item']} data-health={health}>
      <span className={styles['mark']} aria-hidden="true" />
      {text}
    </span>
  )
}
