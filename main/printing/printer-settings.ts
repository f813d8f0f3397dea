import type { Catalog, Printer } from '../../domain/catalog.ts'
import type { PrinterIn } from '../../protocol/rest/printer.ts'
import { parseAddress } from '../../sync/address.ts'
import type { FieldError } from '../api/problems.ts'

/** An address nobody can dial, and devices and stations that the store does not have. */
export function printerFaults(
  body: PrinterIn,
  { device: devices, station: stations }: Catalog,
): FieldError[] {
  const unknown = (member: string, ids: readonly string[], known: ReadonlyMap<string, unknown>) =>
    ids.flatMap((id, position) =>
      known.has(id)
        ? []
        : [{ path: `${member}.${position}`, message: `the store has no ${JSON.stringify(id)}` }],
    )
  return [
    ...(parseAddress(body.address) === null
      ? [{ path: 'address', message: 'has to be of the form HOST:PORT' }]
      : []),
    ...unknown('receipts_of', body.receipts_of, devices),
    ...unknown('slips_of', body.slips_of, stations),
    ...unknown('fallback_for', body.fallback_for, stations),
  ]
}

export const printerRecordOf = (body: PrinterIn): Printer => ({
  name: body.name,
  address: body.address,
  columns: body.columns,
  codepage: body.codepage,
  receiptsOf: body.receipts_of,
  slipsOf: body.slips_of,
  fallbackFor: body.fallback_for,
  drawer: body.drawer,
})
