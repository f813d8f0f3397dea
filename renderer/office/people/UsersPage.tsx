import { useState } from 'react'
import { USERS_PATH } from '../../../protocol/office/paths.ts'
import { usersOut, type UserOut } from '../../../protocol/office/users.ts'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { MAX_PAGE } from '../../../protocol/limits.ts'
import { Button } from '../../ui/Button.tsx'
import { useNow } from '../../ui/use-now.ts'
import { allOf, useAnswer } from '../answers.ts'
import { formatAgo } from '../format.ts'
import { DataTable, type Column } from '../parts/DataTable.tsx'
import { Page, Section } from '../parts/Page.tsx'
import { useStores } from '../stores.ts'
import { OFFICE_ROLE_NAMES } from './roles.ts'
import { UserForm } from './UserForm.tsx'
import styles from './People.module.css'

const USERS = allOf({
  path: USERS_PATH,
  query: { limit: String(MAX_PAGE) },
  schema: usersOut,
})
const NEW = 'new'

/** Who may use the back office, and of which stores. */
export function UsersPage() {
  const answer = useAnswer(USERS)
  const stores = useStores().value?.data ?? []
  const [chosen, setChosen] = useState<string | null>(null)
  const users = answer.value?.data ?? []
  const user = users.find(({ id }) => id === chosen) ?? null
  return (
    <Page
      title="Users"
      about="Who may use the back office"
      from={answer}
      tools={
        <Button kind="accent" onPress={() => setChosen(NEW)}>
          New user
        </Button>
      }
    >
      <div className={styles['split']}>
        <Section title="All users">
          <DataTable
            caption="Users of the back office"
            columns={columnsOf(stores, useNow(), setChosen)}
            rows={users}
            keyOf={({ id }) => id}
            filterLabel="Find a user"
            isSelected={({ id }) => id === chosen}
            toneOf={({ disabled }) => (disabled ? 'off' : undefined)}
            none="There is no user yet."
          />
        </Section>
        {chosen === null ? (
          <Section title="A user">
            <p className={styles['about']}>Choose somebody in the list, or make a new user.</p>
          </Section>
        ) : (
          <UserForm
            key={chosen}
            user={user}
            stores={stores}
            onDone={answer.reload}
            onClose={() => setChosen(null)}
          />
        )}
      </div>
    </Page>
  )
}

const columnsOf = (
  stores: readonly StoreLine[],
  nowMs: number,
  choose: (id: string) => void,
): readonly Column<UserOut>[] => [
  {
    id: 'name',
    header: 'Name',
    isHeading: true,
    value: ({ name, email }) => `${name} ${email}`,
    show: ({ id, name, email }) => (
      <>
        <button type="button" className={styles['name']} onClick={() => choose(id)}>
          {name}
        </button>
        <small className={styles['email']}>{email}</small>
      </>
    ),
  },
  { id: 'role', header: 'Role', value: ({ role }) => OFFICE_ROLE_NAMES[role] },
  { id: 'stores', header: 'Stores', value: ({ stores: own }) => storesText(own, stores) },
  {
    id: 'seen',
    header: 'Last sign-in',
    value: (user) => user.last_sign_in_at,
    show: (user) =>
      user.disabled
        ? 'Disabled'
        : user.last_sign_in_at === null
          ? 'never'
          : formatAgo(nowMs - Date.parse(user.last_sign_in_at)),
  },
]

function storesText(own: UserOut['stores'], stores: readonly StoreLine[]): string {
  if (own === 'all') return 'All'
  if (own.length > 2) return `${String(own.length)} stores`
  return own.map((id) => stores.find((one) => one.store_id === id)?.name ?? id).join(', ') || 'None'
}
