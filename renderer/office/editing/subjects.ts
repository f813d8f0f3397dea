import { MAX_COURSES } from '../../../domain/course-records.ts'
import { messageTextId, usualText } from '../../../domain/message-texts.ts'
import { LANGUAGES, NOTICE_EVENTS, type NoticeEvent } from '../../../domain/notices.ts'
import { newId } from '../../ui/new-id.ts'
import { draftKey, drafted, type Draft, type Drafted, type DraftRow } from './drafts.ts'
import type { FormKind, RecordRow, Records } from './records.ts'

/** Which records of a kind can be edited: those that are there, and those that something else asks for. */

type Named = readonly { readonly id: string; readonly value: { readonly name: string } }[]

const EVENTS: Readonly<Record<NoticeEvent, string>> = {
  confirmed: 'Order confirmed',
  ready: 'Order ready',
  cancelled: 'Order cancelled',
}
const LANGUAGE_NAMES = new Intl.DisplayNames('en', { type: 'language' })
const MESSAGES: Named = NOTICE_EVENTS.flatMap((event) =>
  LANGUAGES.map((language) => ({
    id: messageTextId(event, language),
    value: { name: `${EVENTS[event]}, ${LANGUAGE_NAMES.of(language) ?? language}` },
  })),
)

/** Kinds that say more of another record, under its id: nothing to be made, and each has a place. */
const SUBJECTS: Readonly<
  Partial<
    Record<
      FormKind,
      { readonly of: (records: Records) => Named; readonly empty: (id: string) => object }
    >
  >
> = {
  item_recipe: { of: ({ menu_item: items }) => items, empty: () => ({ uses: [], modifiers: [] }) },
  modifier_recipe: { of: ({ modifier_group: groups }) => groups, empty: () => ({ modifiers: [] }) },
  item_details: {
    of: ({ menu_item: items }) => items,
    empty: () => ({ allergens: null, texts: [] }),
  },
  channel_tax: {
    of: ({ tax_rate: rates }) => rates,
    empty: () => ({ dine_in: null, takeout: null, delivery: null, online: null }),
  },
  item_picture: {
    of: ({ menu_item: items, combo: combos }) => [...items, ...combos],
    empty: () => ({}),
  },
  message_text: { of: () => MESSAGES, empty: (id) => usualText(id) ?? {} },
}

export const hasSubjects = (kind: FormKind): boolean => kind in SUBJECTS

/** `around`: all records with the draft over them, so that what is new in it has a place here too. */
export function rowsOf(kind: FormKind, records: Records, around: Records): readonly DraftRow[] {
  const known: readonly RecordRow<FormKind>[] = records[kind]
  const subject = SUBJECTS[kind]
  if (kind === 'room') return [...known, ...bareRooms(records.room, around.dining_table)]
  if (subject === undefined) return known
  const byId = new Map(known.map((row) => [row.id, row]))
  return subject.of(around).map(({ id }) => {
    const value = subject.empty(id) as Readonly<Record<string, unknown>>
    return byId.get(id) ?? { id, value, isThere: false }
  })
}

/** Rooms that tables name and nobody has described. */
function bareRooms(rooms: Records['room'], tables: Records['dining_table']): readonly DraftRow[] {
  const known = new Set(rooms.map(({ id }) => id))
  const bare = new Set(tables.map(({ value }) => value.room).filter((room) => !known.has(room)))
  return [...bare].map((id) => ({ id, value: { name: id, position: 0 }, isThere: false }))
}

/** The id of the next new record; null: there can be no more. A course has its number for its id. */
export function newRecordId(kind: FormKind, rows: readonly Drafted[]): string | null {
  if (kind !== 'course') return newId()
  const taken = new Set(rows.map(({ id }) => id))
  const numbers = Array.from({ length: MAX_COURSES }, (_, place) => String(place + 1))
  return numbers.find((id) => !taken.has(id)) ?? null
}

/** All records with the draft laid over them: what is new in it can be chosen in other forms. */
export const withDraft = (records: Records, draft: Draft): Records =>
  Object.fromEntries(
    Object.entries(records).map(([kind, rows]) => [
      kind,
      drafted(rows, draft, kind as FormKind).filter(({ state }) => state !== 'removed'),
    ]),
  ) as unknown as Records

/** What a record is called in lists and previews. */
export function titleOfRecord(
  kind: string,
  id: string,
  value: Readonly<Record<string, unknown>> | null,
  records: Records | null,
): string {
  const subject = SUBJECTS[kind as FormKind]
  if (subject !== undefined) {
    const named = records === null ? undefined : subject.of(records).find((row) => row.id === id)
    return named?.value.name ?? id
  }
  const name = value?.[kind === 'dining_table' ? 'number' : 'name']
  const text = typeof name === 'string' && name !== '' ? name : 'Unnamed'
  return kind === 'course' ? `${id} · ${text}` : text
}

export const isInDraft = (draft: Draft, kind: FormKind, id: string): boolean =>
  draftKey(kind, id) in draft
