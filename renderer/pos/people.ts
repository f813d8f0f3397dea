import type { Catalog, Role } from '../../domain/catalog.ts'
import type { SignInLock } from '../../protocol/screens.ts'

/** Somebody who signs in with a PIN. */
export interface Person {
  readonly staffId: string
  readonly name: string
  readonly role: Role
  readonly pinDigits: number
}

/** By name; a device's screens are given the number of digits in the place of the hash. */
export const peopleOf = (
  catalog: Catalog,
  isMeant: (role: Role) => boolean = () => true,
): Person[] =>
  [...catalog.staff]
    .flatMap(([staffId, { name, role, pinHash }]): Person[] =>
      pinHash === null || !isMeant(role)
        ? []
        : [{ staffId, name, role, pinDigits: Number(pinHash) }],
    )
    .toSorted((a, b) => a.name.localeCompare(b.name) || (a.staffId < b.staffId ? -1 : 1))

/** Until when somebody has to wait; null: not at all. Managers are let past the wait of the device. */
export function waitOf(
  { staffId, role }: Pick<Person, 'staffId' | 'role'>,
  locks: readonly SignInLock[],
): SignInLock | null {
  const isManager = role === 'manager' || role === 'admin'
  const theirs = locks.find((lock) => lock.staffId === staffId)
  return theirs ?? (isManager ? null : (locks.find((lock) => lock.staffId === null) ?? null))
}

/** "0:42", "12:05": what is left of a wait, and never less than a second. */
export function formatWait(untilMs: number, nowMs: number): string {
  const seconds = Math.max(1, Math.ceil((untilMs - nowMs) / 1_000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
