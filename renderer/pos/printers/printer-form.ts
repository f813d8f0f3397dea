import type { Catalog, Printer } from '../../../domain/catalog.ts'
import { isRevoked } from '../../../domain/roster.ts'

/** Where most receipt printers listen. */
const USUAL_PORT = 9100

/** A printer as it is set up: what was there, or what most are. */
export const draftOf = (
  { printer: printers }: Pick<Catalog, 'printer'>,
  printerId: string,
): Printer =>
  printers.get(printerId) ?? {
    name: '',
    address: '',
    columns: 42,
    codepage: 'cp858',
    receiptsOf: [],
    slipsOf: [],
    fallbackFor: [],
    drawer: false,
  }

/** `HOST:PORT` of what was typed, which seldom names the port; null: it is no address. */
export function addressOf(typed: string): string | null {
  const text = typed.trim()
  if (text === '' || /\s/.test(text)) return null
  const isBareV6 = text.includes(':') && text.split(':').length > 2 && !text.startsWith('[')
  if (isBareV6) return `[${text}]:${USUAL_PORT}`
  return /:\d{1,5}$/.test(text) ? text : `${text}:${USUAL_PORT}`
}

/** The devices that print: not the centre, and none that was removed. */
export const printingDevices = (catalog: Pick<Catalog, 'device' | 'revocation'>) =>
  [...catalog.device]
    .filter(([id, { role }]) => role !== 'central' && !isRevoked(catalog, id))
    .map(([id, { name }]) => ({ id, name }))

export const making = ({ station: stations }: Pick<Catalog, 'station'>) =>
  [...stations]
    .filter(([, { kind }]) => kind !== 'expo')
    .toSorted(([, a], [, b]) => a.position - b.position)
    .map(([id, { name }]) => ({ id, name }))
