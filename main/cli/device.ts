import type { Connection } from '../../db/sqlite/connection.ts'
import { createLocalSettings } from '../../db/sqlite/local-settings.ts'
import { openStore, type Store } from '../../db/sqlite/store.ts'
import { defaultConfig } from '../config.ts'
import { lockDevice, openDevice, openKeys, runningDevice, type Control } from '../data-folder.ts'
import { newId } from '../new-id.ts'
import { beginSignedLog, signaturesOf } from '../signed-log.ts'
import { fail, requiredText, type OptionValues } from './command.ts'

/** Opens the file of `--data`, also beside a running device: for reading, and for its own tables. */
export async function withDevice<T>(
  values: OptionValues,
  work: (connection: Connection) => T | Promise<T>,
): Promise<T> {
  const opened = await openDevice(requiredText(values, 'data'))
  if (!opened.ok) return fail(opened.error)
  try {
    return await work(opened.value)
  } finally {
    opened.value.close()
  }
}

/**
 * Writes to the log of `--data`: through the running device where there is one, else in its place.
 * Two processes never write one origin.
 */
export async function throughDevice<T>(
  values: OptionValues,
  ways: {
    readonly running: (control: Control) => Promise<T>
    readonly stopped: (store: Store) => T | Promise<T>
  },
): Promise<T> {
  const dir = requiredText(values, 'data')
  const control = runningDevice(dir)
  if (control) return ways.running(control)
  return withDevice(values, async (connection) => {
    const lock = lockDevice(dir) ?? fail(`The device in ${dir} is just starting. Try again.`)
    try {
      return await ways.stopped(storeIn(connection, dir))
    } finally {
      lock.release()
    }
  })
}

/** The caller holds the device's lock. */
export function storeIn(connection: Connection, dir: string): Store {
  const keys = openKeys(dir, createLocalSettings(connection).require('device_id'))
  if (!keys.ok) return fail(keys.error)
  const signatures = signaturesOf(keys.value)
  beginSignedLog(connection, signatures)
  const { orders } = defaultConfig()
  return openStore({
    connection,
    signatures,
    nowMs: Date.now,
    newId,
    settings: {
      maxItemsPerOrder: orders.max_items_per_order,
      autoConfirm: orders.auto_confirm_enabled,
    },
    onListenerError: (error) => {
      throw error
    },
  })
}
