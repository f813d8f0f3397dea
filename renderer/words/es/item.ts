import type { item as english } from '../en/item.ts'
import type { In } from '../kinds.ts'

export const item: In<'es', typeof english> = {
  choose: 'Elija {n}',
  upTo: 'Hasta {n}',
  chooseRange: 'Elija de {min} a {max}',
  chooseMore: '{group}: elija {n} más',
  pickOne: 'Elija al menos uno',
  addFor: 'Añadir {amount}',
  saveFor: 'Guardar {amount}',
  instructions: 'Indicaciones especiales',
  noAllergens: 'Sin alérgenos',
  contains: 'Contiene {list}',
  wasSent: 'Está en cocina. Para cambiarlo, anúlelo y añada uno nuevo.',
  void: 'Anular artículo',
  required: 'obligatorio',
  menuEmpty: 'La carta está vacía.',
  categories: 'Categorías',
  menu: 'Carta: {category}',
  hint86: 'Modo agotado: toque un artículo para quitarlo de la carta o reponerlo.',
  off86: 'Agotado',
  soldOut: 'Agotado',
  notNow: 'Ahora no',
  oversoldBy: '{n} de más',
  left: 'Quedan {n}',
}
