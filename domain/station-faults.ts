import type { Catalog } from './catalog.ts'
import type { CatalogFault, RecordPlace } from './catalog-fault.ts'
import { missing } from './menu-faults.ts'

/** What does not hold together between stations and what is made there. */
export function stationFaults(catalog: Catalog): CatalogFault[] {
  return [...expoFaults(catalog), ...alsoFaults(catalog)]
}

/** An expo puts together what others make: whatever was sent there alone, nobody would make. */
function expoFaults({ menu_item: items, station: stations }: Catalog): CatalogFault[] {
  return [...items].flatMap(([id, { stationId }]) =>
    stationId === null || stations.get(stationId)?.kind !== 'expo'
      ? []
      : [
          {
            about: [
              { kind: 'menu_item', id, member: 'stationId' },
              { kind: 'station', id: stationId, member: 'kind' },
            ] satisfies RecordPlace[],
            message: `The menu item ${id} is made at ${stationId}, which is an expo and makes nothing`,
          },
        ],
  )
}

const ALSO_MEMBERS = [
  ['alsoShowsItemIds', 'menu_item'],
  ['alsoMakesItemIds', 'menu_item'],
  ['alsoShowsCategoryIds', 'category'],
  ['alsoMakesCategoryIds', 'category'],
] as const

function alsoFaults(catalog: Catalog): CatalogFault[] {
  return [...catalog.station].flatMap(([id, station]) =>
    ALSO_MEMBERS.flatMap(([member, kind]) =>
      (station[member] ?? []).flatMap((also, n) => {
        const place: RecordPlace = { kind: 'station', id, member: `${member}.${n}` }
        return missing(catalog, place, `The station ${id}`, kind, also)
      }),
    ),
  )
}
