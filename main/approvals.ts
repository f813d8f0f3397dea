import type { Approvable, Approval } from '../domain/approvals.ts'
import { APPROVAL_TTL_MS, MAX_APPROVALS } from '../protocol/limits.ts'

/**
 * Managers' words that wait to be used (rule A3): each once, soon, by the one who asked for it, and
 * for that command on that order alone. In memory: after a restart somebody asks again.
 */
export interface Approvals {
  readonly give: (wish: ApprovalWish, managerId: string) => GivenApproval
  /** Takes it out of what waits; null: there is none, or it is for something else. */
  readonly take: (approvalId: string, wish: ApprovalWish) => Taken | null
}

export interface ApprovalWish {
  readonly command: Approvable
  /** Null: it is about no order. */
  readonly orderId: string | null
  /** Who asked for it, and is to use it. */
  readonly asker: string
}

export interface GivenApproval {
  readonly approvalId: string
  readonly expiresAtMs: number
}

export interface Taken {
  readonly approval: Approval
  /** What it was for was refused: it can be used again until it ends. */
  readonly putBack: () => void
}

interface Waiting extends GivenApproval {
  readonly wish: ApprovalWish
  readonly approval: Approval
}

export function createApprovals(deps: {
  readonly nowMs: () => number
  readonly newId: () => string
}): Approvals {
  const waiting = new Map<string, Waiting>()

  /** The oldest stand first. */
  function makeRoom(): void {
    for (const [id, { expiresAtMs }] of waiting) {
      if (expiresAtMs <= deps.nowMs() || waiting.size >= MAX_APPROVALS) waiting.delete(id)
    }
  }

  return {
    give: (wish, managerId) => {
      makeRoom()
      const approvalId = deps.newId()
      const nowMs = deps.nowMs()
      const given = { approvalId, expiresAtMs: nowMs + APPROVAL_TTL_MS }
      const approval = { by: managerId, at: new Date(nowMs).toISOString() }
      waiting.set(approvalId, { ...given, wish, approval })
      return given
    },
    take: (approvalId, wish) => {
      const found = waiting.get(approvalId)
      const isForThis =
        found?.wish.command === wish.command &&
        found.expiresAtMs > deps.nowMs() &&
        found.wish.orderId === wish.orderId &&
        found.wish.asker === wish.asker
      if (found === undefined || !isForThis) return null
      waiting.delete(approvalId)
      return { approval: found.approval, putBack: () => void waiting.set(approvalId, found) }
    },
  }
}
