import { Fragment, type ReactNode } from 'react'
import type { StoreLine } from '../../protocol/office/overview.ts'
import type { Shown } from './answers.ts'
import { ConflictsPage } from './conflicts/ConflictsPage.tsx'
import { DevicesPage } from './devices/DevicesPage.tsx'
import { ChangesPage } from './editing/ChangesPage.tsx'
import { MenuPage } from './editing/MenuPage.tsx'
import { PricesPage } from './editing/PricesPage.tsx'
import { SettingsPage, StaffPage, TablesPage } from './editing/RecordPages.tsx'
import { StockPage } from './editing/StockPage.tsx'
import styles from './Office.module.css'
import { OrderPage } from './orders/OrderPage.tsx'
import { OrdersPage } from './orders/OrdersPage.tsx'
import type { AllPages } from './pages.ts'
import { Page } from './parts/Page.tsx'
import { AccountPage } from './people/AccountPage.tsx'
import { AddStorePage } from './people/AddStorePage.tsx'
import { OFFICE_ROLE_NAMES } from './people/roles.ts'
import { UsersPage } from './people/UsersPage.tsx'
import { mayBeAt } from './places.ts'
import { Reports } from './reports/Reports.tsx'
import { hrefOf, useRoute } from './route.ts'
import { useUser } from './session.ts'
import { StoreDay } from './today/StoreDay.tsx'
import { TodayAll } from './today/TodayAll.tsx'

/** What stands at an address. */
export function Screen({ stores }: { readonly stores: Shown<AllPages<StoreLine>> }) {
  const { storeId, path } = useRoute()
  const { role } = useUser()
  if (!mayBeAt(role, storeId === null ? 'all' : 'store', path)) {
    return <Nowhere text={`This is not for the role ${OFFICE_ROLE_NAMES[role]}.`} />
  }
  if (storeId === null) return ofAll(path)
  const store = stores.value?.data.find((one) => one.store_id === storeId)
  if (store !== undefined) {
    // Keyed: nothing of one store is ever shown under the name of another.
    return (
      <Fragment key={storeId}>
        <p className={styles['onPaper']}>{store.name}</p>
        <OfStore store={store} />
      </Fragment>
    )
  }
  if (stores.value === null) return <Page title="Store" from={stores} />
  return <Nowhere text="There is no such store, or it is not one of yours." />
}

function ofAll([first]: readonly string[]): ReactNode {
  switch (first) {
    case undefined:
      return <TodayAll />
    case 'users':
      return <UsersPage />
    case 'add-store':
      return <AddStorePage />
    case 'account':
      return <AccountPage />
    default:
      return <Nowhere text="Nothing is at this address." />
  }
}

function OfStore({ store }: { readonly store: StoreLine }) {
  const { path } = useRoute()
  const [first, second] = path
  switch (first) {
    case undefined:
      return <StoreDay store={store} />
    case 'reports':
      return <Reports store={store} />
    case 'orders':
      return second === undefined ? (
        <OrdersPage store={store} />
      ) : (
        <OrderPage key={second} store={store} orderId={second} />
      )
    case 'conflicts':
      return <ConflictsPage store={store} />
    case 'devices':
      return <DevicesPage store={store} />
    case 'menu':
      return <MenuPage store={store} />
    case 'prices':
      return <PricesPage store={store} />
    case 'stock':
      return <StockPage store={store} />
    case 'staff':
      return <StaffPage store={store} />
    case 'tables':
      return <TablesPage store={store} />
    case 'settings':
      return <SettingsPage store={store} />
    case 'changes':
      return <ChangesPage store={store} />
    default:
      return <Nowhere text="Nothing is at this address." />
  }
}

const Nowhere = ({ text }: { readonly text: string }) => (
  <Page title="Not found">
    <p>
      {text} <a href={hrefOf({})}>Back to the beginning</a>
    </p>
  </Page>
)
