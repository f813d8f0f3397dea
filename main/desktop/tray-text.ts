import type { Moment } from './shell-messages.ts'

/** What the tray says of the store: what is wrong comes first. */
export function trayText(moment: Moment | null): string {
  if (moment === null) return 'AuraConnect POS is starting'
  const { devices, devicesHeard, waiting, toSettle, openOrders } = moment
  const parts = [
    ...(toSettle > 0 ? [`${toSettle} to settle`] : []),
    ...(devicesHeard < devices
      ? [`${devices - devicesHeard} of ${devices} devices not heard`]
      : []),
    ...(waiting !== null && waiting > 0 ? [`${waiting} entries not yet at the centre`] : []),
    openOrders === 1 ? '1 open order' : `${openOrders} open orders`,
  ]
  return `AuraConnect POS: ${parts.join(', ')}`
}
