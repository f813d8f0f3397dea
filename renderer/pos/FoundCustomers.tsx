import { useState } from 'react'
import type { ErasedCustomer, FoundCustomer } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { formatDay, formatMoney } from '../ui/format.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import styles from './FoundCustomers.module.css'

interface FoundCustomersProps {
  readonly found: readonly FoundCustomer[]
  readonly mayErase: boolean
  readonly onUse: (customer: FoundCustomer) => void
}

/** Who has this phone, and what they had lately. */
export function FoundCustomers({ found, mayErase, onUse }: FoundCustomersProps) {
  if (found.length === 0) {
    return (
      <p role="status" className={styles['none']}>
        {say('customer.nobody')}
      </p>
    )
  }
  return (
    <ul className={styles['list']} aria-label={say('customer.withPhone')}>
      {found.map((one) => (
        <FoundOne key={one.id} one={one} mayErase={mayErase} onUse={onUse} />
      ))}
    </ul>
  )
}

interface FoundOneProps extends Omit<FoundCustomersProps, 'found'> {
  readonly one: FoundCustomer
}

function FoundOne({ one, mayErase, onUse }: FoundOneProps) {
  const { eraseCustomer } = useActions()
  const [isAsked, setAsked] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [erased, setErased] = useState<ErasedCustomer | null>(null)
  const { customer, orders } = one
  const name = customer.name ?? say('customer.noName')
  const erase = async () => {
    setBusy(true)
    setErased(await eraseCustomer(one.id))
    setBusy(false)
    setAsked(false)
  }
  if (erased !== null) return <Erased {...erased} />
  return (
    <li className={styles['one']}>
      <div className={styles['head']}>
        <div className={styles['who']}>
          <strong className={styles['name']}>{name}</strong>
          {customer.address && <span className={styles['soft']}>{customer.address}</span>}
        </div>
        {mayErase && !isAsked && (
          <Button onPress={() => setAsked(true)}>{say('customer.erase')}</Button>
        )}
        <Button kind="accent" isDisabled={customer.locked === true} onPress={() => onUse(one)}>
          {say('customer.use')}
        </Button>
      </div>
      {orders.length > 0 && (
        <ul className={styles['orders']} aria-label={say('customer.lastOrders', { name })}>
          {orders.map(({ id, createdAt, items, totalMinor, currency }) => (
            <li key={id}>
              <span>{formatDay(Date.parse(createdAt))}</span>
              <span className={styles['items']}>{items}</span>
              <span>{formatMoney(totalMinor, currency)}</span>
            </li>
          ))}
        </ul>
      )}
      {isAsked && (
        <div
          className={styles['confirmation']}
          role="group"
          aria-label={say('customer.eraseWho', { name })}
        >
          <p>
            <strong>{say('customer.eraseWho', { name })}</strong> {say('customer.eraseWhat')}
          </p>
          <div className={styles['buttons']}>
            <Button onPress={() => setAsked(false)}>{say('customer.keep')}</Button>
            <Button
              kind="danger"
              className={styles['really']}
              isDisabled={isBusy}
              onPress={() => void erase()}
            >
              {say('customer.eraseForGood')}
            </Button>
          </div>
        </div>
      )}
    </li>
  )
}

/** A device that is away obeys when it comes back: until then it is named. */
function Erased({ erasedOn }: ErasedCustomer) {
  const behind = erasedOn.filter(({ erased }) => erased !== true).map(({ name }) => name)
  return (
    <li className={styles['one']} role="status">
      <p className={styles['erased']}>
        <strong>{say('customer.isErased')}</strong>{' '}
        {behind.length === 0
          ? say('customer.allObeyed')
          : say('customer.notYetAt', { names: behind.join(', ') })}
      </p>
    </li>
  )
}
