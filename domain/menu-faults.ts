import type { Catalog, RecordKind } from './catalog.ts'
import type { CatalogFault, RecordPlace } from './catalog-fault.ts'

/** What does not hold together in the records beside the menu's items: combos, prices, hours, stock. */
export function menuFaults(catalog: Catalog): CatalogFault[] {
  return [
    ...comboFaults(catalog),
    ...levelFaults(catalog),
    ...channelTaxFaults(catalog),
    ...saleTimesFaults(catalog),
    ...recipeFaults(catalog),
  ]
}

/** A reference that leads nowhere. */
export const missing = (
  catalog: Catalog,
  place: RecordPlace,
  who: string,
  kind: RecordKind,
  id: string,
): CatalogFault[] =>
  catalog[kind].has(id)
    ? []
    : [
        {
          about: [place, { kind, id }],
          message: `${who} needs the ${kind.replaceAll('_', ' ')} ${id}, which is not there`,
        },
      ]

function comboFaults(catalog: Catalog): CatalogFault[] {
  return [...catalog.combo].flatMap(([id, combo]) => {
    const at = (member: string): RecordPlace => ({ kind: 'combo', id, member })
    const who = `The combo ${id}`
    const slotIds = combo.slots.map((slot) => slot.id)
    return [
      ...(catalog.menu_item.has(id)
        ? [
            {
              about: [{ kind: 'combo', id } as const, { kind: 'menu_item', id } as const],
              message: `${id} is a menu item and a combo; an order could not say which`,
            },
          ]
        : []),
      ...missing(catalog, at('categoryId'), who, 'category', combo.categoryId),
      ...combo.slots.flatMap((slot, n) => [
        ...(slotIds.indexOf(slot.id) === n
          ? []
          : [{ about: [at(`slots.${n}.id`)], message: `${who} has the slot ${slot.id} twice` }]),
        ...slot.choices.flatMap(({ itemId }, choice) =>
          missing(catalog, at(`slots.${n}.choices.${choice}.itemId`), who, 'menu_item', itemId),
        ),
      ]),
    ]
  })
}

/** What is sold by its id: an item, or a combo. */
const missingSold = (catalog: Catalog, place: RecordPlace, who: string, id: string) =>
  catalog.combo.has(id) ? [] : missing(catalog, place, who, 'menu_item', id)

function levelFaults(catalog: Catalog): CatalogFault[] {
  return [...catalog.price_level].flatMap(([id, level]) => {
    const at = (member: string): RecordPlace => ({ kind: 'price_level', id, member })
    const who = `The price level ${id}`
    return [
      ...level.prices.flatMap(({ itemId }, n) =>
        missingSold(catalog, at(`prices.${n}.itemId`), who, itemId),
      ),
      ...level.categories.flatMap(({ categoryId }, n) =>
        missing(catalog, at(`categories.${n}.categoryId`), who, 'category', categoryId),
      ),
    ]
  })
}

function channelTaxFaults(catalog: Catalog): CatalogFault[] {
  return [...catalog.channel_tax].flatMap(([id, rates]) => [
    ...missing(catalog, { kind: 'channel_tax', id }, `The channel tax ${id}`, 'tax_rate', id),
    ...Object.entries(rates).flatMap(([member, rateId]) =>
      rateId === undefined
        ? []
        : missing(
            catalog,
            { kind: 'channel_tax', id, member },
            `The channel tax ${id}`,
            'tax_rate',
            rateId,
          ),
    ),
  ])
}

function saleTimesFaults(catalog: Catalog): CatalogFault[] {
  return [...catalog.sale_times].flatMap(([id, { itemIds, categoryIds }]) => {
    const at = (member: string): RecordPlace => ({ kind: 'sale_times', id, member })
    const who = `The sale times ${id}`
    return [
      ...itemIds.flatMap((itemId, n) => missingSold(catalog, at(`itemIds.${n}`), who, itemId)),
      ...categoryIds.flatMap((categoryId, n) =>
        missing(catalog, at(`categoryIds.${n}`), who, 'category', categoryId),
      ),
    ]
  })
}

type Uses = readonly { readonly ingredientId: string }[]

function recipeFaults(catalog: Catalog): CatalogFault[] {
  const usesFaults = (
    kind: 'item_recipe' | 'modifier_recipe',
    id: string,
    member: string,
    uses: Uses,
  ): CatalogFault[] =>
    uses.flatMap(({ ingredientId }, n) =>
      missing(
        catalog,
        { kind, id, member: `${member}.${n}.ingredientId` },
        `The recipe of ${id}`,
        'ingredient',
        ingredientId,
      ),
    )
  return [
    ...[...catalog.item_recipe].flatMap(([id, { uses, modifiers }]) => [
      ...usesFaults('item_recipe', id, 'uses', uses),
      ...modifiers.flatMap((one, n) =>
        usesFaults('item_recipe', id, `modifiers.${n}.uses`, one.uses),
      ),
    ]),
    ...[...catalog.modifier_recipe].flatMap(([id, { modifiers }]) =>
      modifiers.flatMap((one, n) =>
        usesFaults('modifier_recipe', id, `modifiers.${n}.uses`, one.uses),
      ),
    ),
  ]
}
