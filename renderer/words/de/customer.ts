import type { customer as english } from '../en/customer.ts'
import type { In } from '../kinds.ts'

export const customer: In<'de', typeof english> = {
  title: 'Kunde',
  save: 'Kunde speichern',
  phone: 'Telefon',
  find: 'Kunde suchen',
  name: 'Name',
  email: 'E-Mail',
  address: 'Adresse',
  locked:
    'Dieses Gerät kann den Kunden dieser Bestellung nicht lesen. Was Sie speichern, tritt an seine Stelle.',
  erased: 'Der Kunde dieser Bestellung wurde gelöscht. Was Sie speichern, ist jemand Neues.',
  nobody: 'Mit dieser Nummer hat noch niemand bestellt.',
  withPhone: 'Kunden mit dieser Nummer',
  noName: 'Ohne Namen',
  erase: 'Löschen …',
  use: 'Nehmen',
  lastOrders: 'Letzte Bestellungen von {name}',
  eraseWho: '{name} löschen?',
  eraseWhat:
    'Name, Telefon, E-Mail und Adresse werden auf jedem Gerät und in der Zentrale für immer unlesbar. Die Bestellungen bleiben.',
  keep: 'Behalten',
  eraseForGood: 'Endgültig löschen',
  isErased: 'Gelöscht.',
  allObeyed: 'Jedes Gerät hat es getan.',
  notYetAt: 'Noch nicht gelöscht auf {names}: dort beim nächsten Kontakt.',
}
