import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import type { ShownPairingCode } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { useTerminalNow } from '../ui/use-now.ts'
import { useSilentSince } from '../ui/use-silence.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { DeviceRow } from './DeviceRow.tsx'
import styles from './DevicesSheet.module.css'
import { PairingPanel } from './PairingPanel.tsx'
import { joinedText, listRoster, newcomerSince } from './roster.ts'
import { closeSheet, openSheet } from './store.ts'

interface LettingIn {
  readonly shown: ShownPairingCode
  readonly idsBefore: ReadonlySet<string>
}

/** Who belongs to the store; and letting a new device in, until it has joined. */
export function DevicesSheet({ catalog }: { readonly catalog: Catalog }) {
  const { showPairingCode } = useActions()
  const own = useLive((live) => live.device?.deviceId ?? null)
  const [lettingIn, setLettingIn] = useState<LettingIn | null>(null)
  const newcomerId = lettingIn && newcomerSince(catalog, own, lettingIn.idsBefore)
  const shown = newcomerId === null ? lettingIn?.shown : undefined

  const letIn = async () => {
    const idsBefore = new Set(catalog.device.keys())
    const code = await showPairingCode()
    if (code !== null) setLettingIn({ shown: code, idsBefore })
  }

  return (
    <Sheet
      title={say(shown ? 'devices.letIn' : 'devices.title')}
      about={say(shown ? 'devices.aboutCode' : 'devices.about')}
      tools={
        shown ? (
          <Button onPress={() => setLettingIn(null)}>{say('devices.backToDevices')}</Button>
        ) : (
          <>
            <Button onPress={() => openSheet({ kind: 'audit' })}>{say('audit.title')}</Button>
            <Button kind="accent" onPress={() => void letIn()}>
              {say('devices.letIn')}
            </Button>
          </>
        )
      }
      onClose={closeSheet}
    >
      <p role="status" className={styles['news']}>
        {newcomerId !== null && joinedText(catalog, newcomerId)}
      </p>
      {shown ? (
        <PairingPanel shown={shown} onNewCode={() => void letIn()} />
      ) : (
        <Roster catalog={catalog} own={own} />
      )}
    </Sheet>
  )
}

function Roster({ catalog, own }: { readonly catalog: Catalog; readonly own: string | null }) {
  const peers = useLive((live) => live.status?.peers ?? null)
  const isSilent = useSilentSince() !== null
  const nowMs = useTerminalNow()
  const [askedId, setAskedId] = useState<string | null>(null)
  return (
    <ul className={styles['list']} aria-label={say('devices.title')}>
      {listRoster(catalog, own, isSilent ? null : peers, nowMs).map((row) => (
        <li key={row.deviceId}>
          <DeviceRow
            row={row}
            catalog={catalog}
            isAsked={askedId === row.deviceId}
            onAsk={(isAsked) => setAskedId(isAsked ? row.deviceId : null)}
          />
        </li>
      ))}
    </ul>
  )
}
