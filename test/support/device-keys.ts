import { createDeviceKeys, type DeviceKeys } from '../../sync/device-keys.ts'
import type { Membership } from '../../sync/membership.ts'

/** Keys of devices `A` to `Z`, drawn once a run, with ids in the order of their letters. */
const pool = Array.from({ length: 26 }, createDeviceKeys).toSorted((a, b) =>
  a.deviceId < b.deviceId ? -1 : 1,
)

export function keysOf(letter: string): DeviceKeys {
  const keys = pool[letter.charCodeAt(0) - 'A'.charCodeAt(0)]
  if (keys === undefined || letter.length > 1) throw new Error(`${letter} is no letter of A to Z`)
  return keys
}

export const idOf = (letter: string): string => keysOf(letter).deviceId

export interface TestRoster extends Membership {
  readonly add: (letter: string) => void
  readonly remove: (letter: string) => void
}

/** A roster that a test changes as it likes. Without letters, all of them are members. */
export function createRoster(letters: Iterable<string> = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'): TestRoster {
  const members = new Set([...letters].map(idOf))
  const listeners = new Set<() => void>()
  const tell = () => listeners.forEach((listener) => listener())
  return {
    isMember: (deviceId) => members.has(deviceId),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    add(letter) {
      members.add(idOf(letter))
      tell()
    },
    remove(letter) {
      members.delete(idOf(letter))
      tell()
    },
  }
}

/** For measurements between processes: whoever calls may stay, by mutual TLS all the same. */
export const everyone: Membership = { isMember: () => true, onChange: () => () => undefined }
