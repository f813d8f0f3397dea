import { useEffect, useState } from 'react'
import { formatMoney } from '../ui/format.ts'
import { say } from '../words/say.ts'
import styles from './Display.module.css'
import { DISPLAY_CHANNEL, isPaid, type DisplayedOrder, type DisplayMessage } from './shown.ts'

/** The till is free for the next guest at once; who has paid is thanked a while longer. */
const THANKS_MS = 8_000

/** For the guest, on the other side of the counter: what is being rung up, and what it comes to. */
export function Display() {
  const { storeName, order } = useShown()
  if (order === null) {
    return (
      <main className={styles['rest']}>
        <p className={styles['welcome']}>{storeName === '' ? say('display.welcome') : storeName}</p>
      </main>
    )
  }
  if (isPaid(order)) {
    return (
      <main className={styles['rest']} role="status">
        <p className={styles['welcome']}>{say('display.thanks')}</p>
        <p className={styles['number']}>{say('display.number', { number: order.number })}</p>
        <p className={styles['hint']}>
          {say('display.paid', { amount: formatMoney(order.paidMinor, order.currency) })}
        </p>
      </main>
    )
  }
  return <OpenOrder order={order} />
}

function OpenOrder({ order }: { readonly order: DisplayedOrder }) {
  const money = (minor: number) => formatMoney(minor, order.currency)
  const sums = [
    [say('order.subtotal'), order.subtotalMinor],
    [say('order.discountRow'), -order.discountMinor],
    [say('order.service'), order.serviceChargeMinor],
    [say('order.tax'), order.taxAddedMinor],
    [say('order.tip'), order.tipMinor],
    [say('order.paid'), -order.paidMinor],
  ] as const
  return (
    <main className={styles['order']}>
      <ul className={styles['lines']} aria-label={say('display.yourOrder')}>
        {order.lines.map((line) => (
          <li key={line.id}>
            <span className={styles['quantity']}>{line.quantity}</span>
            <span>
              {line.name}
              {line.modifiers.length > 0 && (
                <span className={styles['modifiers']}>{line.modifiers.join(', ')}</span>
              )}
            </span>
            <span className={styles['amount']}>{money(line.totalMinor)}</span>
          </li>
        ))}
      </ul>
      <dl className={styles['sums']}>
        {sums
          .filter(([, minor]) => minor !== 0)
          .map(([name, minor]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{money(minor)}</dd>
            </div>
          ))}
        <div className={styles['total']}>
          <dt>{say(order.paidMinor > 0 ? 'display.toPay' : 'order.total')}</dt>
          <dd>{money(order.dueMinor)}</dd>
        </div>
      </dl>
    </main>
  )
}

interface Shown {
  readonly storeName: string
  readonly order: DisplayedOrder | null
}

function useShown(): Shown {
  const [shown, setShown] = useState<Shown>({ storeName: '', order: null })
  useEffect(() => {
    const channel = new BroadcastChannel(DISPLAY_CHANNEL)
    let thanked: ReturnType<typeof setTimeout> | undefined
    channel.addEventListener('message', ({ data }: MessageEvent<DisplayMessage>) => {
      if (data.type !== 'shown') return
      clearTimeout(thanked)
      setShown((before) => {
        const isThanking = before.order !== null && isPaid(before.order)
        if (data.order !== null || !isThanking) return data
        thanked = setTimeout(() => setShown(data), THANKS_MS)
        return before
      })
    })
    channel.postMessage({ type: 'asked' } satisfies DisplayMessage)
    return () => {
      clearTimeout(thanked)
      channel.close()
    }
  }, [])
  return shown
}
