import type { ReactNode } from 'react'
import type { StoreLine } from '../../../protocol/office/overview.ts'
import { Tabs } from '../parts/Tabs.tsx'
import { useRoute } from '../route.ts'
import type { Part } from './columns.tsx'
import { useDraft } from './drafts.ts'
import { RecordEditor } from './RecordEditor.tsx'
import type { SingleKind } from './records.ts'

interface EditedPartsProps {
  readonly store: StoreLine
  /** Of the place in the rail: its address and its name. */
  readonly path: string
  readonly title: string
  /** By their address; the first is where one arrives. */
  readonly parts: Readonly<Record<string, Part>>
  /** Beside them, what is no list of records. */
  readonly others?: readonly {
    readonly path: string
    readonly name: string
    readonly kind?: SingleKind
    readonly page: ReactNode
  }[]
}

/** Kinds of records that belong together, each on a page of its own under one row of tabs. */
export function EditedParts({ store, path: first, title, parts, others = [] }: EditedPartsProps) {
  const { path } = useRoute()
  const draft = useDraft(store.store_id)
  const asked = path[1] ?? ''
  const all = Object.keys(parts)
  const other =
    others.find((one) => one.path === asked) ?? (all.length === 0 ? others[0] : undefined)
  const key = asked in parts ? asked : (all[0] ?? '')
  const part = other === undefined ? parts[key] : undefined
  const to = (one: string) => ({ storeId: store.store_id, path: [first, one] })
  const countOf = (kind: string | undefined) => {
    const count = Object.values(draft).filter((change) => change.kind === kind).length
    return count > 0 ? { count } : {}
  }
  return (
    <>
      <Tabs
        label={title}
        tabs={[
          ...Object.entries(parts).map(([one, { name, kind }]) => ({
            name,
            isHere: other === undefined && one === key,
            to: to(one),
            ...countOf(kind),
          })),
          ...others.map(({ path: one, name, kind }) => ({
            name,
            isHere: one === other?.path,
            to: to(one),
            ...countOf(kind),
          })),
        ]}
      />
      {other?.page}
      {part !== undefined && (
        <RecordEditor
          key={key}
          store={store}
          kind={part.kind}
          title={part.name}
          about={title}
          columns={part.columns}
          {...(part.sortBy !== undefined && { sortBy: part.sortBy })}
          {...(part.beside !== undefined && { beside: part.beside })}
        />
      )}
    </>
  )
}
