import { create } from 'zustand'
import type { EditedKind } from '../../../domain/catalog.ts'

/**
 * What somebody has begun to change, by store. It lives in the page alone: it outlasts a session that
 * ended (the same person goes on), and is gone with the page, PINs with it.
 */
interface Drafts {
  readonly byStore: Readonly<Record<string, Draft>>
}

/** By `kind/id`, so that a record changed twice is one change. */
export type Draft = Readonly<Record<string, DraftChange>>

export interface DraftChange {
  readonly kind: EditedKind
  readonly id: string
  /** As the centre takes it; null: the record goes away. */
  readonly value: Readonly<Record<string, unknown>> | null
  /** What it is called in lists. */
  readonly title: string
}

export const EMPTY_DRAFT: Draft = {}
export const draftKey = (kind: EditedKind, id: string): string => `${kind}/${id}`

export const useDrafts = create<Drafts>(() => ({ byStore: {} }))

export const useDraft = (storeId: string): Draft =>
  useDrafts(({ byStore }) => byStore[storeId] ?? EMPTY_DRAFT)

/** With a change in it, in the place of an earlier one of the same record. */
export const withChange = (draft: Draft, change: DraftChange): Draft => ({
  ...draft,
  [draftKey(change.kind, change.id)]: change,
})

export const withoutChange = (draft: Draft, kind: EditedKind, id: string): Draft =>
  Object.fromEntries(Object.entries(draft).filter(([key]) => key !== draftKey(kind, id)))

function edit(storeId: string, change: (draft: Draft) => Draft) {
  useDrafts.setState(({ byStore }) => ({
    byStore: { ...byStore, [storeId]: change(byStore[storeId] ?? EMPTY_DRAFT) },
  }))
}

export const putInDraft = (storeId: string, change: DraftChange) =>
  edit(storeId, (draft) => withChange(draft, change))
export const takeFromDraft = (storeId: string, { kind, id }: Pick<DraftChange, 'kind' | 'id'>) =>
  edit(storeId, (draft) => withoutChange(draft, kind, id))
export const clearDraft = (storeId: string) => edit(storeId, () => EMPTY_DRAFT)
export const forgetDrafts = () => useDrafts.setState({ byStore: {} })

/** A record as the draft would have it, or as it is. */
type DraftedValue = Readonly<Record<string, unknown>>

export interface Drafted {
  readonly id: string
  readonly value: DraftedValue
  readonly state: 'as_is' | 'changed' | 'new' | 'removed' | 'none'
}

export interface DraftRow {
  readonly id: string
  readonly value: DraftedValue
  /** False: something asks for it, and nobody has made it yet. */
  readonly isThere?: boolean
}

/** The records of one kind with the draft laid over them. */
export function drafted(rows: readonly DraftRow[], draft: Draft, kind: EditedKind): Drafted[] {
  const known = rows.map(({ id, value, isThere = true }): Drafted => {
    const change = draft[draftKey(kind, id)]
    if (change === undefined) return { id, value, state: isThere ? 'as_is' : 'none' }
    if (change.value === null) return { id, value, state: 'removed' }
    const state = isThere ? 'changed' : 'new'
    return { id, value: { ...value, ...change.value }, state }
  })
  const ids = new Set(rows.map(({ id }) => id))
  const added = Object.values(draft).flatMap((change): Drafted[] =>
    change.kind === kind && change.value !== null && !ids.has(change.id)
      ? [{ id: change.id, value: change.value, state: 'new' }]
      : [],
  )
  return [...known, ...added]
}
