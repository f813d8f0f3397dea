import type { FieldSpec, OptionsOf, TypedForm } from './field-spec.ts'
import { modifiersOfGroups, NAME, namesOf, POSITION } from './options.ts'
import type { Records } from './records.ts'

/** What is in stock, and what is used up by selling an item. */

export const INGREDIENT_FIELDS: readonly FieldSpec[] = [
  NAME,
  { name: 'unit', label: 'Unit', type: 'text', maxLength: 20, hint: 'Such as g, l or piece' },
  {
    name: 'par_milli',
    label: 'Par level',
    type: 'milli',
    isOptional: true,
    hint: 'Below it, it is low; empty: nobody wants to know',
  },
  POSITION,
]

const unitOf = (row: TypedForm, { ingredient: ingredients }: Records): string =>
  ingredients.find(({ id }) => id === row['ingredient_id'])?.value.unit ?? ''

const uses = (label: string, isSigned: boolean, hint?: string): FieldSpec => ({
  name: 'uses',
  label,
  type: 'rows',
  of: 'ingredient',
  unique: 'ingredient_id',
  max: 100,
  ...(hint !== undefined && { hint }),
  fields: [
    {
      name: 'ingredient_id',
      label: 'Ingredient',
      type: 'choice',
      options: ({ ingredient: ingredients }) => namesOf(ingredients),
    },
    {
      name: 'amount_milli',
      label: 'Amount',
      type: 'milli',
      suffix: unitOf,
      ...(isSigned && { isSigned: true }),
    },
  ],
})

const modifiers = (label: string, options: OptionsOf, hint: string): FieldSpec => ({
  name: 'modifiers',
  label,
  type: 'rows',
  of: 'modifier',
  unique: 'modifier_id',
  max: 200,
  hint,
  fields: [{ name: 'modifier_id', label: 'Modifier', type: 'choice', options }, uses('Uses', true)],
})

export const ITEM_RECIPE_FIELDS: readonly FieldSpec[] = [
  uses('Made of', false, 'What one of it uses up'),
  modifiers(
    'With these modifiers, otherwise than usual',
    (records, itemId) =>
      modifiersOfGroups(
        records,
        records.menu_item.find(({ id }) => id === itemId)?.value.modifier_group_ids ?? [],
      ),
    'Only where a modifier uses something else for this item than its group says. Below 0: it leaves out',
  ),
]

export const MODIFIER_RECIPE_FIELDS: readonly FieldSpec[] = [
  modifiers(
    'What each modifier uses',
    (records, groupId) => modifiersOfGroups(records, [groupId]),
    'Below 0: it leaves out',
  ),
]
