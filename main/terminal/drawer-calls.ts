import type { DrawerSession } from '../../domain/drawer.ts'
import { ok, refuse, type Result } from '../../domain/result.ts'
import type { ScreenCall, ScreenRejection, ShownDrawer, SignedIn } from '../../protocol/screens.ts'
import type { Drawer } from '../drawer/drawer.ts'

/** What somebody at the till does with its cash drawer. */
export interface DrawerCalls {
  readonly drawer: (
    call: Extract<ScreenCall, { type: 'drawer' }>,
    staff: SignedIn | null,
  ) => Result<ShownDrawer, ScreenRejection>
}

export function createDrawerCalls(drawer: Drawer, nowMs: () => number): DrawerCalls {
  /** Who is about to count is not told what should be there. */
  function shown(session: DrawerSession | null, { role }: SignedIn): ShownDrawer {
    const isTold = session !== null && session.closed === null && role !== 'cashier'
    return { session, now: isTold ? drawer.expected(session) : null }
  }

  return {
    drawer: ({ commandId: id, wish }, staff) => {
      if (!staff) return refuse({ code: 'not_signed_in' })
      if (staff.role === 'kitchen' || staff.role === 'service')
        return refuse({ code: 'not_allowed' })
      const stamp = { id, at: new Date(nowMs()).toISOString(), actor: `staff:${staff.staffId}` }
      const done = ((): ReturnType<typeof drawer.open> | null => {
        switch (wish.kind) {
          case 'look':
            return null
          case 'open':
            return drawer.open(stamp, wish.floatMinor)
          case 'move':
            return drawer.move(stamp, wish.move, wish.amountMinor, wish.reason)
          case 'close':
            return drawer.close(stamp, wish.countedMinor, wish.note)
        }
      })()
      if (done === null) return ok(shown(drawer.session(), staff))
      return done.ok ? ok(shown(done.value, staff)) : refuse(done.error)
    },
  }
}
