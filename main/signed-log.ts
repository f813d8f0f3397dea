import type { Connection } from '../db/sqlite/connection.ts'
import type { Signatures } from '../db/sqlite/entry-log.ts'
import { createLocalSettings } from '../db/sqlite/local-settings.ts'
import { takeFreshOrigin } from '../db/sqlite/own-origins.ts'
import type { Store } from '../db/sqlite/store.ts'
import { createSigner, isSignatureOf, type Signer } from '../db/signing.ts'
import { signingKeyOf } from '../domain/signed-log.ts'
import type { DeviceKeys } from '../sync/device-keys.ts'
import { newId } from './new-id.ts'

/** What a device signs its log with (rule A4): the key that it is known by. */
export const signaturesOf = ({
  privateKey,
}: Pick<DeviceKeys, 'privateKey'>): Signatures & { readonly signer: Signer } => ({
  signer: createSigner(privateKey, () => performance.now()),
  check: isSignatureOf,
})

/**
 * A device from before there were signatures goes on in a signed log, as one does that was restored
 * (rule L6): the log of before stays what it is.
 */
export function beginSignedLog(
  connection: Connection,
  { signer }: { readonly signer: Signer },
): void {
  const local = createLocalSettings(connection)
  if (signingKeyOf(local.require('origin')) !== null) return
  connection.raw
    .transaction(() => takeFreshOrigin(local, () => signer.newOrigin(newId())))
    .immediate()
}

/** How long after a burst the rest of it is signed, and others get it. */
const SIGN_AFTER_MS = 5

/** Signs what a burst leaves without a signature, as soon as it is over. */
export function signAfterBursts(store: Store): () => void {
  let timer: NodeJS.Timeout | null = null
  const unsubscribe = store.onCommit(() => {
    timer ??= setTimeout(() => {
      timer = null
      store.signRest()
    }, SIGN_AFTER_MS)
  })
  return () => {
    unsubscribe()
    if (timer !== null) clearTimeout(timer)
    store.signRest()
  }
}
