import type { item as english } from '../en/item.ts'
import type { In } from '../kinds.ts'

export const item: In<'fr', typeof english> = {
  choose: 'Choisir {n}',
  upTo: 'Jusqu’à {n}',
  chooseRange: 'Choisir {min} à {max}',
  chooseMore: '{group} : encore {n} à choisir',
  pickOne: 'Choisissez au moins un article',
}
