import { businessDayIn } from '../../domain/business-day.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { DrawerSession } from '../../domain/drawer.ts'
import type { Drawer } from './drawer.ts'

/** The sessions of all drawers of the store that were opened in a business day, the first one first. */
export const drawersOfDay = (
  drawer: Pick<Drawer, 'sessions'>,
  catalog: Catalog,
  day: string,
): DrawerSession[] =>
  drawer
    .sessions(daysFrom(day, -1), daysFrom(day, 2))
    .filter(({ openedAt }) => businessDayIn(catalog, Date.parse(openedAt)) === day)

/** Whatever the zone, a business day lies between the day before it and the day after it. */
const daysFrom = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString()
