import type { item as english } from '../en/item.ts'
import type { In } from '../kinds.ts'

export const item: In<'de', typeof english> = {
  choose: '{n} wählen',
  upTo: 'Bis zu {n}',
  chooseRange: '{min} bis {max} wählen',
  chooseMore: '{group}: noch {n} wählen',
  pickOne: 'Mindestens eines wählen',
  addFor: 'Hinzufügen {amount}',
  saveFor: 'Speichern {amount}',
  instructions: 'Besondere Wünsche',
  noAllergens: 'Keine Allergene',
  contains: 'Enthält {list}',
  wasSent: 'Es ist in der Küche. Zum Ändern stornieren und neu aufnehmen.',
  void: 'Artikel stornieren',
  required: 'nötig',
  menuEmpty: 'Die Karte ist leer.',
  categories: 'Kategorien',
  menu: 'Karte: {category}',
  hint86: 'Ausverkauft: Artikel antippen, um ihn von der Karte zu nehmen oder zurückzustellen.',
  off86: 'Aus',
  soldOut: 'Ausverkauft',
  notNow: 'Jetzt nicht',
  oversoldBy: '{n} zu viel',
  left: 'Noch {n}',
}
