/** The words of ringing up. */
export const words = {
  search: 'Search',
  searchTitle: 'Find an item',
  searchLabel: 'Name, article number or barcode',
  searchAbout: 'Enter takes the first one. Typing anywhere on the menu begins a search.',
  nothingFound: 'Nothing on the menu is called so.',
  typeToSearch: 'Type a part of a name, or scan a code.',
  unknownCode: 'No item has the barcode {code}.',
  unknownCodeHelp: 'Search for the item by its name, or ask a manager to add the code to it.',
  connectScanner: 'Connect a USB scanner',
  repeat: 'Repeat last',
  repeatItem: 'Repeat last: {name}',
  quantity: 'Quantity',
  quantityOfNext: '{count} of the next item',
  clearQuantity: 'One of the next item again',
  favourites: 'Favourites',
  pin: 'Put among the favourites',
  unpin: 'Take from the favourites',
  moveEarlier: 'Move to the front',
  cellAbout: 'Hold an item, or press it with the right button, to come here.',
  addWith: 'Add with options',
  soldOut: 'Sold out (86)',
  backOn: 'Back on the menu',
  howManyLeft: 'How many are left',
  countDown: 'Count down from {count}',
  stopCounting: 'Do not count it any more',
  leftNow: '{count} left now',
  notCounted: 'Nobody counts it',
  countStopsNothing:
    'The store’s stock settings take nothing off the menu: it is shown, and can still be sold at 0.',
} as const

export type Word = keyof typeof words

export const say = (key: Word, values: Readonly<Record<string, string | number>> = {}): string =>
  words[key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''))
