import { useState } from 'react'
import type { StoreLine } from '../../protocol/office/overview.ts'
import { Button } from '../ui/Button.tsx'
import { chooseTheme, currentTheme } from '../ui/theme.ts'
import { useClient } from './client-context.ts'
import { useDrafts } from './editing/drafts.ts'
import { Choice } from './parts/Choice.tsx'
import { EDITING, EVERYONE, OF_ALL, OF_STORE, type Place } from './places.ts'
import styles from './Rail.module.css'
import { goTo, hrefOf, useRoute } from './route.ts'
import { signOut, useUser } from './session.ts'

/** The way around: the store first, then what there is of it. */
export function Rail({ stores }: { readonly stores: readonly StoreLine[] }) {
  const route = useRoute()
  const user = useUser()
  const [lastStoreId, setLastStoreId] = useState<string | null>(null)
  if (route.storeId !== null && route.storeId !== lastStoreId) setLastStoreId(route.storeId)
  const storeId = route.storeId ?? lastStoreId ?? stores[0]?.store_id ?? null
  const draftCount = useDrafts(({ byStore }) => Object.keys(byStore[storeId ?? ''] ?? {}).length)
  const may = ({ roles }: Place) => roles.includes(user.role)
  return (
    <nav className={styles['rail']} aria-label="Back office">
      <p className={styles['brand']}>AuraConnect</p>
      {stores.length !== 1 && (
        <List name="All stores">
          <Item place={{ path: [], name: 'Today', roles: EVERYONE }} storeId={null} />
        </List>
      )}
      {storeId !== null && (
        <>
          <div className={styles['store']}>
            {stores.length > 1 ? (
              <Choice
                label="Store"
                value={storeId}
                options={stores.map(({ store_id, name }) => ({ value: store_id, label: name }))}
                onChange={(chosen) =>
                  goTo({
                    storeId: chosen,
                    path: route.storeId === null ? [] : route.path.slice(0, 1),
                  })
                }
              />
            ) : (
              <p className={styles['single']}>{stores[0]?.name}</p>
            )}
          </div>
          <List name="Store">
            {OF_STORE.filter(may).map((place) => (
              <Item key={place.name} place={place} storeId={storeId} />
            ))}
          </List>
          {EDITING.some(may) && (
            <List name="Editing">
              {EDITING.filter(may).map((place) => (
                <Item
                  key={place.name}
                  place={place}
                  storeId={storeId}
                  count={place.path[0] === 'changes' ? draftCount : 0}
                />
              ))}
            </List>
          )}
        </>
      )}
      {OF_ALL.some(may) && (
        <List name="Administration">
          {OF_ALL.filter(may).map((place) => (
            <Item key={place.name} place={place} storeId={null} />
          ))}
        </List>
      )}
      <Foot />
    </nav>
  )
}

function List({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <ul className={styles['list']} aria-label={name}>
      {children}
    </ul>
  )
}

interface ItemProps {
  readonly place: Place
  readonly storeId: string | null
  readonly count?: number
}

function Item({ place, storeId, count = 0 }: ItemProps) {
  const route = useRoute()
  const isHere = route.storeId === storeId && (route.path[0] ?? '') === (place.path[0] ?? '')
  return (
    <li>
      <a
        className={styles['item']}
        href={hrefOf({ storeId, path: place.path })}
        aria-current={isHere ? 'page' : undefined}
      >
        {place.name}
        {count > 0 && (
          <span className={styles['count']}>
            {count}
            <span className={styles['unseen']}> in the draft</span>
          </span>
        )}
      </a>
    </li>
  )
}

function Foot() {
  const client = useClient()
  const user = useUser()
  const [theme, setTheme] = useState(currentTheme)
  const [fault, setFault] = useState<string | null>(null)
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <div className={styles['foot']}>
      <p className={styles['user']}>
        <a href={hrefOf({ path: ['account'] })}>{user.name}</a>
        <span className={styles['role']}>{user.email}</span>
      </p>
      {fault !== null && (
        <p role="alert" className={styles['fault']}>
          {fault}
        </p>
      )}
      <div className={styles['buttons']}>
        <Button
          onPress={() => void signOut(client).then((failure) => setFault(failure?.detail ?? null))}
        >
          Sign out
        </Button>
        <Button
          label={`Switch to the ${other} theme`}
          onPress={() => {
            chooseTheme(other)
            setTheme(other)
          }}
        >
          ◐
        </Button>
      </div>
    </div>
  )
}
