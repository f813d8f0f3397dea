import type { DeviceStatus } from '../../../protocol/screens.ts'

/** Printers that somebody has to look at: the number that stands beside “More” and “Printers”. */
export const printersInTrouble = (status: DeviceStatus | null): number =>
  status?.printers.filter(({ trouble }) => trouble !== null).length ?? 0
