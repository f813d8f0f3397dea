import type { ExceptionsReport } from '../../../protocol/office/exceptions.ts'
import type { OverviewLine } from '../../../protocol/office/overview.ts'
import type { PreparationReport } from '../../../protocol/office/preparation.ts'
import { countOf } from '../../ui/format.ts'
import { hrefOf } from '../route.ts'

export interface Attention {
  readonly text: string
  readonly tone: 'bad' | 'warn' | 'calm'
  readonly href: string
  readonly link: string
}

/** A station that is late more often than this is worth a word. */
const LATE_SHARE = 0.1
const FEWEST_TICKETS = 5

/** What somebody should look at, the most urgent first. */
export function attentionOf(
  line: OverviewLine | null,
  preparation: PreparationReport | null,
  exceptions: ExceptionsReport | null,
  storeId: string,
  maySettle: boolean,
): Attention[] {
  const to = (...path: string[]) => hrefOf({ storeId, path })
  const found: Attention[] = []
  if (line !== null && maySettle && line.open_conflicts > 0) {
    found.push({
      text: `${countOf(line.open_conflicts, 'thing', 'things')} to settle`,
      tone: 'bad',
      href: to('conflicts'),
      link: 'Settle',
    })
  }
  if (line !== null && line.devices.behind > 0) {
    found.push({
      text: `${countOf(line.devices.behind, 'device is', 'devices are')} behind`,
      tone: 'warn',
      href: to('devices'),
      link: 'Devices',
    })
  }
  for (const { name, late, tickets } of preparation?.by_station ?? []) {
    if (late === null || tickets < FEWEST_TICKETS || late / tickets <= LATE_SHARE) continue
    found.push({
      text: `${name}: ${String(late)} of ${String(tickets)} tickets late`,
      tone: 'warn',
      href: to('reports', 'preparation'),
      link: 'Times',
    })
  }
  const count = exceptions?.data.length ?? 0
  if (exceptions !== null && count > 0) {
    const many = exceptions.next_cursor === null ? '' : 'More than '
    found.push({
      text: `${many}${countOf(count, 'void, discount, refund or cancellation', 'voids, discounts, refunds and cancellations')}`,
      tone: 'calm',
      href: to('reports', 'exceptions'),
      link: 'Who and why',
    })
  }
  return found
}
