import { isShownTo, type Alert } from '../../domain/alerts.ts'
import type { Catalog, Role } from '../../domain/catalog.ts'
import { PRINTER_TROUBLES, type PrinterTrouble } from '../../protocol/paper.ts'
import { say } from '../words/say.ts'
import { TROUBLE_NAMES } from './printers.ts'

/** What an alert says on a screen, and to whom. */

export const alertsFor = (alerts: readonly Alert[], role: Role): readonly Alert[] =>
  alerts.filter((alert) => isShownTo(alert, role))

/** Those that nobody has seen yet: the number that stands in the bar. */
export const unseenAlerts = (alerts: readonly Alert[], role: Role): readonly Alert[] =>
  alertsFor(alerts, role).filter(({ acknowledged }) => acknowledged === null)

export function whatText({ kind, name, detail }: Alert): string {
  if (kind === 'centre') return say('alerts.what_centre')
  if (kind !== 'printer') return say(`alerts.what_${kind}`, { name })
  const trouble = PRINTER_TROUBLES.find((known) => known === detail)
  return say('alerts.what_printer', { name, trouble: troubleText(trouble) })
}

const troubleText = (trouble: PrinterTrouble | undefined): string =>
  trouble === undefined ? '' : TROUBLE_NAMES[trouble]

/** Whoever acknowledged it: a person, or the screen of a kitchen. */
export function byText(actor: string, catalog: Catalog): string {
  const [kind, id = ''] = actor.split(':', 2)
  if (kind === 'staff') return catalog.staff.get(id)?.name ?? id
  return catalog.device.get(id)?.name ?? actor
}
