/**
 * What the keys do. A bump bar is a keyboard: what it sends is what is compared here, so that any of
 * them can be used, and each action can have another key on this screen (see docs/kitchen.md). Pure.
 */
export const KEY_ACTIONS = [
  'bump1',
  'bump2',
  'bump3',
  'bump4',
  'bump5',
  'bump6',
  'bump7',
  'bump8',
  'bump9',
  'bump10',
  'nextPage',
  'previousPage',
  'recall',
  'allDay',
  'rush',
  'settings',
] as const
export type KeyAction = (typeof KEY_ACTIONS)[number]

/** The names of the keys, as the browser gives them; letters are capitals. */
export type KeyMap = Readonly<Record<KeyAction, readonly string[]>>

export const DEFAULT_KEYS: KeyMap = {
  bump1: ['1'],
  bump2: ['2'],
  bump3: ['3'],
  bump4: ['4'],
  bump5: ['5'],
  bump6: ['6'],
  bump7: ['7'],
  bump8: ['8'],
  bump9: ['9'],
  bump10: ['0'],
  nextPage: ['ArrowRight', 'PageDown', '+'],
  previousPage: ['ArrowLeft', 'PageUp', '-'],
  recall: ['R'],
  allDay: ['A'],
  rush: ['U'],
  settings: ['S'],
}

export const keyName = ({ key }: Pick<KeyboardEvent, 'key'>): string =>
  key.length === 1 ? key.toUpperCase() : key

/** As it stands on the key, and fits on a card. */
export const keyLabel = (name: string): string => LABELS[name] ?? name
const LABELS: Readonly<Record<string, string>> = {
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: '⇞',
  PageDown: '⇟',
  Enter: '⏎',
  Backspace: '⌫',
  ' ': '␣',
}

/** The place on the page that an action means, from 0; null: it means none. */
export function placeOfAction(action: KeyAction): number | null {
  const place = KEY_ACTIONS.indexOf(action)
  return place < PLACES ? place : null
}
export const PLACES = 10

export const actionOf = (keys: KeyMap, name: string): KeyAction | null =>
  KEY_ACTIONS.find((action) => keys[action].includes(name)) ?? null

/** The action gets the key, and whatever had it loses it. Escape always closes, and is given to none. */
export function withKey(keys: KeyMap, action: KeyAction, name: string): KeyMap {
  if (name === 'Escape' || name === 'Tab') return keys
  return Object.fromEntries(
    KEY_ACTIONS.map((each) => [
      each,
      each === action ? [name] : keys[each].filter((key) => key !== name),
    ]),
  ) as unknown as KeyMap
}

/** What is written on the card at a place; null: it has no key. */
export const keyAt = (keys: KeyMap, place: number): string | null => {
  const action = KEY_ACTIONS[place]
  const name = place < PLACES && action !== undefined ? keys[action][0] : undefined
  return name === undefined ? null : keyLabel(name)
}
