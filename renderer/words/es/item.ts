import type { item as english } from '../en/item.ts'
import type { In } from '../kinds.ts'

export const item: In<'es', typeof english> = {
  choose: 'Elija {n}',
  upTo: 'Hasta {n}',
  chooseRange: 'Elija de {min} a {max}',
  chooseMore: '{group}: elija {n} más',
  pickOne: 'Elija al menos uno',
}
