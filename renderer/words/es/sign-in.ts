import type { signIn as english } from '../en/sign-in.ts'
import type { In } from '../kinds.ts'

export const signIn: In<'es', typeof english> = {
  title: 'Iniciar sesión',
  who: '¿Quién es usted?',
  chooseName: 'Elija primero su nombre',
  pinOf: 'PIN de {name}',
  pin: 'PIN',
  digits: '{typed} de {all} dígitos',
  wrongPin: {
    one: 'PIN incorrecto. Queda {count} intento.',
    other: 'PIN incorrecto. Quedan {count} intentos.',
  },
  tooMany: 'Demasiados PIN incorrectos. Vuelva a probar en {wait}.',
  tooManyHere: 'Demasiados PIN incorrectos en esta caja. Vuelva a probar en {wait}.',
  managerLifts: 'Un encargado lo desbloquea',
  whichManager: '¿Qué encargado deja probar otra vez a {name}?',
  whichManagerAll: '¿Qué encargado deja probar otra vez a todos?',
}
