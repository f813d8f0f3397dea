import type { Catalog } from '../../domain/catalog.ts'
import type { DrawerSession } from '../../domain/drawer.ts'
import type { ShownDrawer } from '../../protocol/screens.ts'
import { formatMoney, formatTime } from '../ui/format.ts'
import { say } from '../words/say.ts'
import styles from './DrawerSheet.module.css'

interface DrawerFactsProps {
  readonly session: DrawerSession
  readonly now: ShownDrawer['now']
  readonly catalog: Catalog
}

/** The open session: what everybody may know of it, and for managers what should be in it. */
export function DrawerFacts({ session, now, catalog }: DrawerFactsProps) {
  const { currency, openedBy } = session
  const name = catalog.staff.get(openedBy.replace(/^staff:/, ''))?.name ?? openedBy
  return (
    <>
      <p className={styles['hint']}>
        {say('drawer.openedBy', { time: formatTime(Date.parse(session.openedAt)), name })}
      </p>
      <dl className={styles['facts']}>
        <Money name={say('drawer.float')} minor={session.floatMinor} currency={currency} />
        <Money name={say('drawer.paid_in')} minor={session.paidInMinor} currency={currency} />
        <Money name={say('drawer.paid_out')} minor={-session.paidOutMinor} currency={currency} />
        <Money name={say('drawer.dropped')} minor={-session.droppedMinor} currency={currency} />
        {now !== null && (
          <>
            <Money name={say('drawer.sales')} minor={now.salesMinor} currency={currency} />
            <Money name={say('drawer.refunds')} minor={-now.refundsMinor} currency={currency} />
            <Money
              name={say('drawer.shouldBe')}
              minor={now.expectedMinor}
              currency={currency}
              isSum
            />
          </>
        )}
      </dl>
    </>
  )
}

/** A session that has been counted. */
export function DrawerResult({ session }: { readonly session: DrawerSession }) {
  const { closed, currency } = session
  if (closed === null) return null
  return (
    <>
      <p role="status" className={styles['verdict']}>
        {verdictOf(closed.overShortMinor, currency)}
      </p>
      <dl className={styles['facts']}>
        <Money name={say('drawer.counted')} minor={closed.countedMinor} currency={currency} />
        <Money
          name={say('drawer.shouldHaveBeen')}
          minor={closed.expectedMinor}
          currency={currency}
        />
        <Money name={say('drawer.sales')} minor={closed.cashSalesMinor} currency={currency} />
        <Money name={say('drawer.refunds')} minor={-closed.cashRefundsMinor} currency={currency} />
      </dl>
    </>
  )
}

function verdictOf(overShortMinor: number, currency: string): string {
  if (overShortMinor === 0) return say('drawer.right')
  const amount = formatMoney(Math.abs(overShortMinor), currency)
  return overShortMinor > 0 ? say('drawer.tooMuch', { amount }) : say('drawer.short', { amount })
}

function Money(props: {
  readonly name: string
  readonly minor: number
  readonly currency: string
  readonly isSum?: boolean
}) {
  // There is a minus zero, and nobody wants to read it.
  const minor = props.minor === 0 ? 0 : props.minor
  return (
    <div className={props.isSum === true ? styles['sum'] : undefined}>
      <dt>{props.name}</dt>
      <dd>{formatMoney(minor, props.currency)}</dd>
    </div>
  )
}
