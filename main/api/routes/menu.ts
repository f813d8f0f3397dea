import { ROLES, type Catalog, type MenuItem, type ModifierGroup } from '../../../domain/catalog.ts'
import { openGroups } from '../../../domain/modifiers.ts'
import { ok, refuse } from '../../../domain/result.ts'
import {
  availabilityIn,
  menuImportIn,
  menuImportOut,
  menuItem,
  menuItemPage,
  menuItemParams,
  menuItemWhole,
  menuListQuery,
  modifierGroupPage,
  type RestMenuItem,
  type RestModifierGroup,
} from '../../../protocol/rest/menu.ts'
import { imageUrl } from '../../../protocol/rest/picture.ts'
import { moneyOf, noQuery, pageQuery } from '../../../protocol/rest/values.ts'
import { checkImport } from '../menu-import.ts'
import { currencyOf } from '../order-calls.ts'
import { pageOfAll } from '../paging.ts'
import { problemOf } from '../problems.ts'
import { route, type Route } from '../route.ts'

const ITEMS = '/api/v1/menu/items'
const NO_DETAILS = { allergens: null, texts: [] }
const MANAGERS = ['manager', 'admin'] as const

export function menuRoutes(): Route[] {
  const unknownItem = (id: string) =>
    refuse(problemOf('menu_item_not_found', `The menu has no item ${id}.`))

  return [
    route({
      method: 'GET',
      path: ITEMS,
      operationId: 'listMenuItems',
      summary: 'The menu, in the order of its categories.',
      roles: ROLES,
      query: menuListQuery,
      answer: { status: 200, schema: menuItemPage },
      handle: async ({ store, query }) => {
        const catalog = await store.catalog()
        const items = [...catalog.menu_item]
          .map(([id, item]) => itemToRest(catalog, id, item, currencyOf(catalog)))
          .filter(
            (item) =>
              (query.category === undefined || item.category_id === query.category) &&
              (query.available === undefined || String(item.available) === query.available),
          )
        const categoryPosition = (id: string) => catalog.category.get(id)?.position ?? 0
        const page = pageOfAll(
          items,
          (item) => [categoryPosition(item.category_id), item.category_id, item.position, item.id],
          query,
        )
        return page.ok ? ok({ body: page.value }) : page
      },
    }),
    route({
      method: 'GET',
      path: `${ITEMS}/{id}`,
      operationId: 'getMenuItem',
      summary: 'One menu item with the modifiers it takes.',
      roles: ROLES,
      params: menuItemParams,
      query: noQuery,
      answer: { status: 200, schema: menuItemWhole },
      handle: async ({ store, params }) => {
        const catalog = await store.catalog()
        const item = catalog.menu_item.get(params.id)
        if (!item) return unknownItem(params.id)
        const currency = currencyOf(catalog)
        const groups = openGroups(catalog, item, 'all').open.map(({ id, group }) =>
          groupToRest(id, group, currency),
        )
        const { allergens, texts } = catalog.item_details.get(params.id) ?? NO_DETAILS
        const rest = itemToRest(catalog, params.id, item, currency)
        return ok({ body: { ...rest, modifier_groups: groups, allergens, texts } })
      },
    }),
    route({
      method: 'PUT',
      path: `${ITEMS}/{id}/availability`,
      operationId: 'setAvailability',
      summary: 'Takes an item off the menu (86) or puts it back, on every device.',
      roles: MANAGERS,
      params: menuItemParams,
      query: noQuery,
      body: availabilityIn,
      answer: { status: 200, schema: menuItem },
      handle: async ({ store, params, body, caller, commandId, at }) => {
        const { available } = body
        const stamp = { id: commandId, at, actor: caller.actor }
        const changed = await store.changeRecords(stamp, ({ menu_item: items }) =>
          items.has(params.id)
            ? ok([
                { type: 'record.set', kind: 'availability', id: params.id, value: { available } },
              ])
            : unknownItem(params.id),
        )
        if (!changed.ok) return changed
        const catalog = await store.catalog()
        const item = catalog.menu_item.get(params.id)
        if (!item) return unknownItem(params.id)
        return ok({ body: itemToRest(catalog, params.id, item, currencyOf(catalog)) })
      },
    }),
    route({
      method: 'GET',
      path: '/api/v1/menu/modifier-groups',
      operationId: 'listModifierGroups',
      summary: 'Groups of modifiers, with how many of each an item takes.',
      roles: ROLES,
      query: pageQuery,
      answer: { status: 200, schema: modifierGroupPage },
      handle: async ({ store, query }) => {
        const catalog = await store.catalog()
        const groups = [...catalog.modifier_group].map(([id, group]) =>
          groupToRest(id, group, currencyOf(catalog)),
        )
        const page = pageOfAll(groups, (group) => [group.position, group.id], query)
        return page.ok ? ok({ body: page.value }) : page
      },
    }),
    route({
      method: 'POST',
      path: '/api/v1/menu/import',
      operationId: 'importMenu',
      summary: 'Writes records of the menu, all of them or none.',
      roles: MANAGERS,
      query: noQuery,
      body: menuImportIn,
      answer: { status: 200, schema: menuImportOut },
      handle: async ({ store, body, caller, commandId, at }) => {
        const stamp = { id: commandId, at, actor: caller.actor }
        const held = new Set(await store.pictureIds())
        const imported = await store.changeRecords(stamp, (catalog, _frontier, versions) =>
          checkImport(catalog, versions, held, body, Date.parse(at)),
        )
        return imported.ok ? ok({ body: { imported: body.records.length } }) : imported
      },
    }),
  ]
}

const itemToRest = (
  catalog: Catalog,
  id: string,
  item: MenuItem,
  currency: string,
): RestMenuItem => ({
  id,
  name: item.name,
  kitchen_name: item.kitchenName ?? item.name,
  description: item.description ?? null,
  category_id: item.categoryId,
  price: moneyOf(item.priceMinor, currency),
  tax_rate_id: item.taxRateId,
  station_id: item.stationId,
  modifier_group_ids: item.modifierGroupIds,
  open: item.open ?? false,
  barcodes: item.barcodes ?? [],
  position: item.position,
  available: catalog.availability.get(id)?.available ?? true,
  image_url: imageUrlOf(catalog, id),
})

function imageUrlOf({ item_picture: shown }: Catalog, id: string): string | null {
  const picture = shown.get(id)
  return picture === undefined ? null : imageUrl(picture.pictureId)
}

const groupToRest = (id: string, group: ModifierGroup, currency: string): RestModifierGroup => ({
  id,
  name: group.name,
  position: group.position,
  min: group.min,
  max: group.max,
  preparations: group.preparations ?? [],
  modifiers: group.modifiers.map((modifier) => ({
    id: modifier.id,
    name: modifier.name,
    kitchen_name: modifier.kitchenName ?? modifier.name,
    price: moneyOf(modifier.priceMinor, currency),
    opens: modifier.opens ?? [],
    extra_price:
      modifier.extraPriceMinor === undefined ? null : moneyOf(modifier.extraPriceMinor, currency),
    standard: modifier.standard ?? false,
  })),
})
