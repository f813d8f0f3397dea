import { createSignInTries } from '../../db/sqlite/sign-in-tries.ts'
import type { Store } from '../../db/sqlite/store.ts'
import { mayApprove } from '../../domain/approvals.ts'
import { derivedId } from '../../domain/ids.ts'
import type { JournalEvent, JournalKind, JournalValue } from '../../domain/journal.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import {
  afterWrong,
  TRIES_OF_DEVICE,
  TRIES_OF_STAFF,
  waitUntilMs,
  type Tries,
} from '../../domain/sign-in-lock.ts'
import { pinHashOf } from '../../domain/staff.ts'
import type { ScreenRejection, SignedIn, SignInLock } from '../../protocol/screens.ts'
import type { Pins } from '../pin.ts'

/**
 * Who somebody is: a name that was chosen, and the PIN that goes with it (rules A1, A2). Wrong ones
 * are counted for the person and for the device, in its file, before the PIN is looked at, so that
 * neither guesses sent at once nor a restart gets around them. Managers are let past the wait of the
 * device, or nobody could lift it: each of them has a count of their own.
 */
export interface SignIn {
  readonly try: (staffId: string, pin: string) => Promise<Result<SignedIn, ScreenRejection>>
  /** The same, of somebody who may approve and lift. */
  readonly tryManager: (staffId: string, pin: string) => Promise<Result<SignedIn, ScreenRejection>>
  /** A manager ends the wait of a person, or of the device (null). */
  readonly free: (
    wish: { readonly commandId: string; readonly of: string | null },
    manager: { readonly staffId: string; readonly pin: string },
  ) => Promise<Result<null, ScreenRejection>>
  readonly locks: () => readonly SignInLock[]
}

export interface SignInDeps {
  readonly store: Store
  readonly pins: Pick<Pins, 'check' | 'hash'>
  readonly nowMs: () => number
  readonly newId: () => string
}

type LineOf<K extends JournalKind> = { readonly kind: K; readonly value: JournalValue<K> }

const DEVICE = 'device'
const subjectOf = (staffId: string | null): string =>
  staffId === null ? DEVICE : `staff:${staffId}`
const staffIdOf = (subject: string): string | null =>
  subject === DEVICE ? null : subject.slice('staff:'.length)

export function createSignIn({ store, pins, nowMs, newId }: SignInDeps): SignIn {
  const tries = createSignInTries(store.connection)

  async function tryPin(staffId: string, pin: string): Promise<Result<SignedIn, ScreenRejection>> {
    const staff = store.catalog().staff.get(staffId)
    const stored = pinHashOf(store.catalog(), staffId)
    const isKnown = staff !== undefined && stored !== null
    const isManager = isKnown && mayApprove(staff.role)
    // Of somebody who is not there no count is kept, or guessing names would fill the file.
    const counted = [...(isKnown ? [staffId] : []), ...(isManager ? [] : [null])]
    for (const who of counted) {
      const untilMs = waitUntilMs(tries.of(subjectOf(who)), nowMs())
      if (untilMs !== null) return refuse({ code: 'locked_out', untilMs, staffId: who })
    }
    const before = counted.map((who) => ({ who, tries: tries.of(subjectOf(who)) }))
    const after = before.map((count) => ({ ...count, tries: countWrong(count) }))
    if (!isKnown) return wrong(after)
    const check = await pins.check(pin, stored)
    switch (check.kind) {
      case 'right':
        for (const { who } of after) tries.forget(subjectOf(who))
        if (check.isToRenew) await renew(staffId, pin, stored)
        return ok({ staffId, name: staff.name, role: staff.role })
      case 'wrong':
        return wrong(after)
      case 'no_key':
      case 'busy':
        for (const { who, tries: held } of before) tries.set(subjectOf(who), held)
        return refuse({ code: check.kind === 'busy' ? 'too_busy' : 'pin_key_missing' })
    }
  }

  function countWrong({ who, tries: held }: { who: string | null; tries: Tries }): Tries {
    const counted = afterWrong(held, who === null ? TRIES_OF_DEVICE : TRIES_OF_STAFF, nowMs())
    tries.set(subjectOf(who), counted)
    return counted
  }

  function wrong(
    after: readonly { readonly who: string | null; readonly tries: Tries }[],
  ): Result<never, ScreenRejection> {
    const locked = after.filter((count) => count.tries.lockedUntilMs > 0)
    for (const { who, tries: held } of locked) {
      const until = new Date(held.lockedUntilMs).toISOString()
      const value = { deviceId: store.deviceId, staffId: who, until }
      write(newId(), `device:${store.deviceId}`, { kind: 'sign_in_locked', value })
    }
    const [first] = locked
    if (first !== undefined) {
      return refuse({ code: 'locked_out', untilMs: first.tries.lockedUntilMs, staffId: first.who })
    }
    const left = after.map(({ who, tries: { wrong: count } }) =>
      who === null ? TRIES_OF_DEVICE - count : TRIES_OF_STAFF - count,
    )
    return refuse({ code: 'wrong_pin', triesLeft: Math.min(...left) })
  }

  /** In the journal, about whom it is. */
  function write(
    id: string,
    actor: string,
    line: LineOf<'sign_in_locked'> | LineOf<'sign_in_freed'>,
  ): void {
    const about = line.value.staffId ?? store.deviceId
    const event = { type: 'journal.written', id: derivedId(id, 0), about, ...line } as JournalEvent
    store.writeJournal({ id, actor, at: new Date(nowMs()).toISOString() }, () => ok([event]))
  }

  /** Apart from the person's record, which somebody may be changing elsewhere. */
  async function renew(staffId: string, pin: string, of: string): Promise<void> {
    const given = store.catalog().staff.get(staffId)?.pinHash
    if (given === undefined || given === null) return
    const hash = await pins.hash(pin)
    // Changed meanwhile: what was typed is no longer the PIN.
    if (pinHashOf(store.catalog(), staffId) !== of) return
    const stamp = {
      id: newId(),
      actor: `device:${store.deviceId}`,
      at: new Date(nowMs()).toISOString(),
    }
    const value = { of: given, hash }
    store.setRecords({
      ...stamp,
      command: [{ type: 'record.set', kind: 'pin_renewal', id: staffId, value }],
    })
  }

  async function tryManager(staffId: string, pin: string) {
    const role = store.catalog().staff.get(staffId)?.role
    if (role !== undefined && !mayApprove(role)) return refuse({ code: 'not_allowed' } as const)
    return tryPin(staffId, pin)
  }

  return {
    try: tryPin,
    tryManager,
    free: async ({ commandId, of }, { staffId, pin }) => {
      const manager = await tryManager(staffId, pin)
      if (!manager.ok) return manager
      if (waitUntilMs(tries.of(subjectOf(of)), nowMs()) === null) return ok(null)
      tries.forget(subjectOf(of))
      const value = { deviceId: store.deviceId, staffId: of }
      write(commandId, `staff:${staffId}`, { kind: 'sign_in_freed', value })
      return ok(null)
    },
    locks: () =>
      tries.all().flatMap(({ subject, ...held }) => {
        const untilMs = waitUntilMs(held, nowMs())
        return untilMs === null ? [] : [{ staffId: staffIdOf(subject), untilMs }]
      }),
  }
}
