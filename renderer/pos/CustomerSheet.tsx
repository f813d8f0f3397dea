import { useState } from 'react'
import type { Catalog } from '../../domain/catalog.ts'
import type { Customer, ShownCustomer } from '../../domain/customer.ts'
import { mayManageDevices } from '../../domain/roles.ts'
import type { FoundCustomer, SignedIn } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { Sheet } from '../ui/Sheet.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { CHANNEL_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { useCurrentOrder } from './current-order.ts'
import styles from './CustomerSheet.module.css'
import { FoundCustomers } from './FoundCustomers.tsx'
import { closeSheet, closeSheetAfter, useTill } from './store.ts'
import { useWhen } from './takeout/use-when.tsx'

interface CustomerSheetProps {
  readonly catalog: Catalog
  readonly staff: SignedIn
}

/** Who waits for the order: a name to call, a phone, and an address where it is driven out. */
export function CustomerSheet({ catalog, staff }: CustomerSheetProps) {
  const order = useCurrentOrder()
  const draft = useTill((till) => till.draft)
  const isBusy = useTill((till) => till.isBusy)
  const { setPlace, findCustomers } = useActions()
  const [found, setFound] = useState<readonly FoundCustomer[] | null>(null)
  const { channel } = order ?? draft
  const held: ShownCustomer | null = order === null ? draft.customer : order.customer
  const customer = held?.locked ? null : held
  const [name, setName] = useState(customer?.name ?? '')
  const [phone, setPhone] = useState(customer?.phone ?? '')
  const [address, setAddress] = useState(customer?.address ?? '')
  const [email, setEmail] = useState(customer?.email ?? '')
  const { when, choice } = useWhen(order, catalog, channel)
  const [fault, setFault] = useState<string | null>(null)
  const isPhone = phone.replaceAll(/\D/g, '').length >= FEWEST_DIGITS
  const find = async () => {
    if (isPhone) setFound(await findCustomers(phone))
  }
  const use = ({ customer: known }: FoundCustomer) => {
    setName(known.name ?? '')
    setEmail(known.email ?? '')
    setAddress(known.address ?? '')
    setFound(null)
  }
  const save = async () => {
    const entered = customerFrom({ name, phone, email, address })
    if (channel === 'delivery' && entered?.address === undefined) {
      return setFault(say('front.addressMissing'))
    }
    await closeSheetAfter(setPlace({ customer: entered, ...when }))
  }
  return (
    <Sheet
      title={say('customer.title')}
      about={CHANNEL_NAMES[channel]}
      onClose={closeSheet}
      footer={
        <>
          <p className={styles['fault']} role="alert">
            {fault}
          </p>
          <Button kind="accent" isLarge isDisabled={isBusy} onPress={() => void save()}>
            {say('customer.save')}
          </Button>
        </>
      }
    >
      {held?.locked && <p>{say(held.erased ? 'customer.erased' : 'customer.locked')}</p>}
      <div className={styles['columns']}>
        <div className={styles['form']}>
          <div className={styles['phone']}>
            <TextInput
              label={say('customer.phone')}
              value={phone}
              onChange={(text) => {
                setPhone(text)
                setFound(null)
              }}
              maxLength={40}
              type="tel"
              onEnter={() => void find()}
            />
            <Button isDisabled={!isPhone} onPress={() => void find()}>
              {say('customer.find')}
            </Button>
          </div>
          {found !== null && (
            <FoundCustomers found={found} mayErase={mayManageDevices(staff.role)} onUse={use} />
          )}
          <TextInput label={say('customer.name')} value={name} onChange={setName} maxLength={120} />
          <TextInput
            label={say('customer.email')}
            value={email}
            onChange={setEmail}
            maxLength={200}
          />
          {channel === 'delivery' && (
            <TextInput
              label={say('customer.address')}
              value={address}
              onChange={setAddress}
              maxLength={300}
            />
          )}
        </div>
        {choice}
      </div>
    </Sheet>
  )
}

/** Fewer are no phone that anybody could be found by. */
const FEWEST_DIGITS = 5

/** Empty fields are absent ones; with none left there is no customer. */
function customerFrom(fields: Customer): Customer | null {
  const filled = Object.entries(fields).flatMap(([key, value]) => {
    const text = value?.trim()
    return text ? [[key, text] as const] : []
  })
  return filled.length === 0 ? null : Object.fromEntries(filled)
}
