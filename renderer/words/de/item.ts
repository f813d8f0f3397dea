import type { item as english } from '../en/item.ts'
import type { In } from '../kinds.ts'

export const item: In<'de', typeof english> = {
  choose: '{n} wählen',
  upTo: 'Bis zu {n}',
  chooseRange: '{min} bis {max} wählen',
  chooseMore: '{group}: noch {n} wählen',
  pickOne: 'Mindestens eines wählen',
}
