import { useState } from 'react'
import type { Customer, ShownCustomer } from '../../domain/customer.ts'
import { Button } from '../ui/Button.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { CHANNEL_NAMES } from '../ui/words.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './actions.ts'
import styles from './CustomerSheet.module.css'
import { closeSheet, useTill } from './store.ts'

/** Who waits for the order: a name to call, a phone, and an address where it is driven out. */
export function CustomerSheet() {
  const order = useCurrentOrder()
  const draft = useTill((till) => till.draft)
  const isBusy = useTill((till) => till.isBusy)
  const { setPlace } = useActions()
  const { channel } = order ?? draft
  const held: ShownCustomer | null = order === null ? draft.customer : order.customer
  const customer = held?.locked ? null : held
  const [name, setName] = useState(customer?.name ?? '')
  const [phone, setPhone] = useState(customer?.phone ?? '')
  const [address, setAddress] = useState(customer?.address ?? '')
  const save = async () => {
    const entered = customerFrom({ ...customer, name, phone, address })
    if (await setPlace({ customer: entered })) closeSheet()
  }
  return (
    <Sheet
      title="Customer"
      about={CHANNEL_NAMES[channel]}
      onClose={closeSheet}
      footer={
        <Button kind="accent" isLarge isDisabled={isBusy} onPress={() => void save()}>
          Save customer
        </Button>
      }
    >
      {held?.locked && (
        <p>This device cannot read the customer of this order. What you save takes its place.</p>
      )}
      <div className={styles['form']}>
        <TextInput label="Name" value={name} onChange={setName} maxLength={120} />
        <TextInput label="Phone" value={phone} onChange={setPhone} maxLength={40} type="tel" />
        {channel === 'delivery' && (
          <TextInput label="Address" value={address} onChange={setAddress} maxLength={300} />
        )}
      </div>
    </Sheet>
  )
}

/** Empty fields are absent ones; with none left there is no customer. */
function customerFrom(fields: Customer): Customer | null {
  const filled = Object.entries(fields).flatMap(([key, value]) => {
    const text = value?.trim()
    return text ? [[key, text] as const] : []
  })
  return filled.length === 0 ? null : Object.fromEntries(filled)
}
