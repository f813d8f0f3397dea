import type { ModifierGroup } from '../../domain/catalog.ts'

type Modifier = ModifierGroup['modifiers'][number]

const modifier = (
  id: string,
  name: string,
  priceMinor: number,
  kitchenName?: string,
): Modifier => ({ id, name, priceMinor, ...(kitchenName !== undefined && { kitchenName }) })

type GroupDraft = readonly [
  id: string,
  name: string,
  min: number,
  max: number,
  modifiers: readonly Modifier[],
]

/** Modifier ids are unique over all groups: an order names a modifier by its id alone. */
const drafts: readonly GroupDraft[] = [
  [
    'extras',
    'Extras',
    0,
    5,
    [
      modifier('extra_cheese', 'Extra cheese', 150, '+ cheese'),
      modifier('extra_bacon', 'Extra bacon', 250, '+ bacon'),
      modifier('extra_patty', 'Extra patty', 450, '+ patty'),
      modifier('extra_avocado', 'Avocado', 225, '+ avo'),
      modifier('extra_egg', 'Fried egg', 175, '+ egg'),
      modifier('extra_jalapenos', 'Jalapeños', 100, '+ jalap'),
    ],
  ],
  [
    'leave-out',
    'Leave out',
    0,
    6,
    [
      modifier('no_onions', 'No onions', 0, 'NO onion'),
      modifier('no_pickles', 'No pickles', 0, 'NO pickle'),
      modifier('no_tomato', 'No tomato', 0, 'NO tomato'),
      modifier('no_lettuce', 'No lettuce', 0, 'NO lettuce'),
      modifier('no_sauce', 'No sauce', 0, 'NO sauce'),
      modifier('no_bun', 'No bun', 0, 'NO bun'),
    ],
  ],
  [
    'temperature',
    'Temperature',
    1,
    1,
    [
      modifier('temp_rare', 'Rare', 0, 'RARE'),
      modifier('temp_medium_rare', 'Medium rare', 0, 'MED RARE'),
      modifier('temp_medium', 'Medium', 0, 'MED'),
      modifier('temp_medium_well', 'Medium well', 0, 'MED WELL'),
      modifier('temp_well_done', 'Well done', 0, 'WELL'),
    ],
  ],
  [
    'side',
    'Choice of side',
    1,
    1,
    [
      modifier('side_fries', 'French fries', 0, 'fries'),
      modifier('side_salad', 'Side salad', 0, 'side sal'),
      modifier('side_mash', 'Mashed potatoes', 0, 'mash'),
      modifier('side_vegetables', 'Seasonal vegetables', 0, 'veg'),
      modifier('side_sweet_fries', 'Sweet potato fries', 200, 'sweet fries'),
      modifier('side_truffle_fries', 'Truffle fries', 350, 'truffle fries'),
    ],
  ],
  [
    'sauces',
    'Sauces',
    0,
    3,
    [
      modifier('sauce_ketchup', 'Ketchup', 0, 'ketchup'),
      modifier('sauce_mayo', 'Mayonnaise', 0, 'mayo'),
      modifier('sauce_bbq', 'BBQ sauce', 0, 'bbq'),
      modifier('sauce_aioli', 'Garlic aioli', 75, 'aioli'),
      modifier('sauce_pepper', 'Peppercorn sauce', 200, 'pepper'),
      modifier('sauce_bearnaise', 'Béarnaise', 200, 'béarn'),
    ],
  ],
  [
    'pizza-size',
    'Size',
    1,
    1,
    [
      modifier('size_10_inch', '10 inch', 0, '10"'),
      modifier('size_12_inch', '12 inch', 400, '12"'),
      modifier('size_16_inch', '16 inch', 900, '16"'),
    ],
  ],
  [
    'pizza-toppings',
    'Toppings',
    0,
    6,
    [
      modifier('topping_mozzarella', 'Extra mozzarella', 200, '+ mozz'),
      modifier('topping_mushrooms', 'Mushrooms', 150, '+ mush'),
      modifier('topping_olives', 'Olives', 150, '+ olive'),
      modifier('topping_pepperoni', 'Pepperoni', 225, '+ pepp'),
      modifier('topping_prosciutto', 'Prosciutto', 325, '+ prosc'),
      modifier('topping_arugula', 'Arugula', 125, '+ arug'),
    ],
  ],
  [
    'dressing',
    'Dressing',
    1,
    1,
    [
      modifier('dressing_house', 'House vinaigrette', 0, 'house'),
      modifier('dressing_caesar', 'Caesar', 0, 'caesar'),
      modifier('dressing_blue_cheese', 'Blue cheese', 0, 'blue ch'),
      modifier('dressing_oil_vinegar', 'Oil and vinegar', 0, 'oil+vin'),
      modifier('dressing_none', 'No dressing', 0, 'NO dressing'),
    ],
  ],
  [
    'salad-protein',
    'Add protein',
    0,
    1,
    [
      modifier('protein_chicken', 'Grilled chicken', 500, '+ chicken'),
      modifier('protein_shrimp', 'Shrimp', 700, '+ shrimp'),
      modifier('protein_salmon', 'Salmon', 800, '+ salmon'),
      modifier('protein_tofu', 'Tofu', 400, '+ tofu'),
    ],
  ],
  [
    'coffee-milk',
    'Milk',
    1,
    1,
    [
      modifier('milk_whole', 'Whole milk', 0, 'whole'),
      modifier('milk_skim', 'Skim milk', 0, 'skim'),
      modifier('milk_oat', 'Oat milk', 75, 'oat'),
      modifier('milk_almond', 'Almond milk', 75, 'almond'),
    ],
  ],
  [
    'coffee-extras',
    'Coffee extras',
    0,
    3,
    [
      modifier('extra_shot', 'Extra shot', 100, '+ shot'),
      modifier('coffee_decaf', 'Decaf', 0, 'DECAF'),
      modifier('syrup_vanilla', 'Vanilla syrup', 60, '+ vanilla'),
      modifier('syrup_caramel', 'Caramel syrup', 60, '+ caramel'),
    ],
  ],
  [
    'drink-size',
    'Glass',
    1,
    1,
    [
      modifier('glass_regular', 'Regular', 0, 'reg'),
      modifier('glass_large', 'Large', 150, 'LARGE'),
    ],
  ],
]

export const DEMO_MODIFIER_GROUPS: readonly {
  readonly id: string
  readonly value: ModifierGroup
}[] = drafts.map(([id, name, min, max, modifiers], position) => ({
  id,
  value: { name, position, min, max, modifiers: [...modifiers] },
}))
