import type { signIn as english } from '../en/sign-in.ts'
import type { In } from '../kinds.ts'

export const signIn: In<'fr', typeof english> = {
  title: 'Connexion',
  who: 'Qui êtes-vous ?',
  chooseName: 'Choisissez d’abord votre nom',
  pinOf: 'Code PIN de {name}',
  pin: 'Code PIN',
  digits: '{typed} chiffres sur {all}',
  wrongPin: {
    one: 'Code PIN faux. Encore {count} essai.',
    other: 'Code PIN faux. Encore {count} essais.',
  },
  tooMany: 'Trop de codes faux. Réessayez dans {wait}.',
  tooManyHere: 'Trop de codes faux sur cette caisse. Réessayez dans {wait}.',
  managerLifts: 'Un responsable débloque',
  whichManager: 'Quel responsable laisse {name} réessayer ?',
  whichManagerAll: 'Quel responsable laisse tout le monde réessayer ?',
}
