import type { join as english } from '../en/join.ts'
import type { In } from '../kinds.ts'

export const join: In<'es', typeof english> = {
  title: 'Unirse a un local',
  about:
    'En una caja que ya es del local, un encargado abre Equipos y admite un equipo. Entonces muestra una dirección y un código.',
  address: 'Dirección de esa caja',
  code: 'Código, ocho dígitos',
  name: 'Nombre de este equipo',
  what: 'Qué es este equipo',
  join: 'Unirse',
  joining: 'Uniéndose…',
  joined: 'Unido a {store}. Un momento…',
  noneFound:
    'Aún no se ha encontrado ningún equipo en esta red. Escriba la dirección que muestra la caja.',
  foundColon: 'Encontrado en esta red:',
  found: 'Encontrado en esta red',
  aDevice: 'Un equipo',
  needAddress: 'Escriba la dirección como la muestra el equipo, p. ej. 192.168.1.20:41234.',
  needCode: 'Escriba los ocho dígitos del código.',
  needName: 'Ponga un nombre a este equipo, p. ej. Caja 3.',
}
