import type { signIn as english } from '../en/sign-in.ts'
import type { In } from '../kinds.ts'

export const signIn: In<'de', typeof english> = {
  title: 'Anmelden',
  who: 'Wer sind Sie?',
  chooseName: 'Zuerst den Namen wählen',
  pinOf: 'PIN von {name}',
  pin: 'PIN',
  digits: '{typed} von {all} Ziffern',
  wrongPin: {
    one: 'Falsche PIN. Noch {count} Versuch.',
    other: 'Falsche PIN. Noch {count} Versuche.',
  },
  tooMany: 'Zu viele falsche PINs. Wieder möglich in {wait}.',
  tooManyHere: 'Zu viele falsche PINs an dieser Kasse. Wieder möglich in {wait}.',
  managerLifts: 'Leitung hebt es auf',
  whichManager: 'Wer von der Leitung lässt {name} wieder zu?',
  whichManagerAll: 'Wer von der Leitung lässt alle wieder zu?',
}
