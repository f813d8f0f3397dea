/**
 * The demo menu: one row per dish, in the order in which it stands in its category's grid. A burger
 * is never sold with a required choice, so that it is one tap; steaks, plates and pizzas ask.
 */
export type DemoItem = readonly [
  id: string,
  name: string,
  kitchenName: string,
  priceMinor: number,
  /** Null: handed over at the counter, nothing to make. */
  stationId: 'grill' | 'cold' | 'bar' | null,
  modifierGroupIds: readonly string[],
  description?: string,
]

export interface DemoCategory {
  readonly id: string
  readonly name: string
  readonly color: 'amber' | 'red' | 'green' | 'blue' | 'violet' | 'teal' | 'rose' | 'slate'
  readonly taxRateId: 'sales' | 'alcohol'
  readonly items: readonly DemoItem[]
}

const BURGER = ['extras', 'leave-out', 'sauces']
const STEAK = ['temperature', 'side', 'sauces']
const PLATE = ['side', 'sauces']
const PIZZA = ['pizza-size', 'pizza-toppings']
const SALAD = ['dressing', 'salad-protein']
const COFFEE = ['coffee-milk', 'coffee-extras']
const NONE: readonly string[] = []

export const DEMO_CATEGORIES: readonly DemoCategory[] = [
  {
    id: 'starters',
    name: 'Starters',
    color: 'red',
    taxRateId: 'sales',
    items: [
      ['soup-of-the-day', 'Soup of the day', 'Soup', 750, 'grill', NONE, 'With sourdough bread'],
      ['french-onion-soup', 'French onion soup', 'Onion soup', 950, 'grill', NONE, 'Gruyère crust'],
      ['chicken-wings', 'Chicken wings (8)', 'Wings 8', 1295, 'grill', ['sauces']],
      ['mozzarella-sticks', 'Mozzarella sticks', 'Mozz sticks', 1050, 'grill', ['sauces']],
      ['onion-rings', 'Onion rings', 'O-rings', 795, 'grill', ['sauces']],
      ['garlic-bread', 'Garlic bread', 'Garlic br', 650, 'grill', NONE],
      ['shrimp-cocktail', 'Shrimp cocktail', 'Shrimp ckt', 1450, 'cold', NONE],
      ['charcuterie-board', 'Charcuterie board', 'Charcuterie', 1895, 'cold', NONE, 'For two'],
    ],
  },
  {
    id: 'burgers',
    name: 'Burgers',
    color: 'amber',
    taxRateId: 'sales',
    items: [
      [
        'burger-classic',
        'Classic burger',
        'Classic',
        1250,
        'grill',
        BURGER,
        'Beef, lettuce, tomato, onions, pickles, house sauce',
      ],
      ['burger-cheese', 'Cheeseburger', 'Cheese', 1395, 'grill', BURGER, 'Two slices of cheddar'],
      ['burger-bacon', 'Bacon burger', 'Bacon', 1550, 'grill', BURGER],
      ['burger-double', 'Double burger', 'Double', 1795, 'grill', BURGER, 'Two patties'],
      ['burger-mushroom', 'Mushroom Swiss burger', 'Mush Swiss', 1575, 'grill', BURGER],
      ['burger-bbq', 'BBQ burger', 'BBQ', 1595, 'grill', BURGER, 'Onion ring, smoked cheddar'],
      ['burger-chicken', 'Crispy chicken burger', 'Chicken bgr', 1450, 'grill', BURGER],
      [
        'burger-veggie',
        'Veggie burger',
        'Veggie',
        1350,
        'grill',
        BURGER,
        'Black bean and beet patty',
      ],
      ['burger-kids', 'Kids burger', 'Kids bgr', 895, 'grill', BURGER],
    ],
  },
  {
    id: 'mains',
    name: 'Grill & plates',
    color: 'rose',
    taxRateId: 'sales',
    items: [
      ['steak-ribeye', 'Ribeye steak 12 oz', 'Ribeye', 3495, 'grill', STEAK],
      ['steak-frites', 'Steak frites', 'Steak frites', 2695, 'grill', ['temperature', 'sauces']],
      ['steak-filet', 'Filet mignon 8 oz', 'Filet', 3895, 'grill', STEAK],
      ['grilled-salmon', 'Grilled salmon', 'Salmon', 2595, 'grill', PLATE],
      ['roast-chicken', 'Half roast chicken', 'Half chx', 2195, 'grill', PLATE],
      ['fish-and-chips', 'Fish and chips', 'Fish+chips', 1895, 'grill', ['sauces']],
      ['moules-frites', 'Moules frites', 'Moules', 2150, 'grill', NONE, 'White wine and shallots'],
      ['mac-and-cheese', 'Mac and cheese', 'Mac', 1495, 'grill', NONE],
    ],
  },
  {
    id: 'pizza',
    name: 'Pizza',
    color: 'violet',
    taxRateId: 'sales',
    items: [
      ['pizza-margherita', 'Margherita', 'Marg', 1295, 'grill', PIZZA],
      ['pizza-pepperoni', 'Pepperoni', 'Pepp', 1495, 'grill', PIZZA],
      ['pizza-funghi', 'Funghi', 'Funghi', 1450, 'grill', PIZZA],
      ['pizza-prosciutto', 'Prosciutto and arugula', 'Prosc', 1695, 'grill', PIZZA],
      ['pizza-quattro', 'Quattro formaggi', '4 form', 1595, 'grill', PIZZA],
      ['pizza-veggie', 'Garden vegetable', 'Veg pizza', 1495, 'grill', PIZZA],
    ],
  },
  {
    id: 'salads',
    name: 'Salads',
    color: 'green',
    taxRateId: 'sales',
    items: [
      ['salad-house', 'House salad', 'House sal', 895, 'cold', SALAD],
      ['salad-caesar', 'Caesar salad', 'Caesar', 1195, 'cold', ['salad-protein']],
      ['salad-cobb', 'Cobb salad', 'Cobb', 1550, 'cold', SALAD],
      ['salad-nicoise', 'Salade niçoise', 'Niçoise', 1650, 'cold', ['dressing']],
      ['salad-caprese', 'Caprese', 'Caprese', 1250, 'cold', NONE],
      ['salad-quinoa', 'Quinoa bowl', 'Quinoa', 1395, 'cold', SALAD],
    ],
  },
  {
    id: 'desserts',
    name: 'Desserts',
    color: 'teal',
    taxRateId: 'sales',
    items: [
      ['creme-brulee', 'Crème brûlée', 'Brûlée', 895, 'cold', NONE],
      ['cheesecake', 'New York cheesecake', 'Cheesecake', 850, 'cold', NONE],
      ['brownie', 'Warm brownie', 'Brownie', 795, 'cold', NONE, 'With vanilla ice cream'],
      ['apple-pie', 'Apple pie', 'Apple pie', 750, 'cold', NONE],
      ['ice-cream', 'Ice cream, two scoops', 'Ice cr 2', 650, 'cold', NONE],
      ['fruit-salad', 'Fresh fruit salad', 'Fruit', 695, 'cold', NONE],
    ],
  },
  {
    id: 'drinks',
    name: 'Coffee & soft drinks',
    color: 'blue',
    taxRateId: 'sales',
    items: [
      ['espresso', 'Espresso', 'Espresso', 325, 'bar', ['coffee-extras']],
      ['americano', 'Americano', 'Americano', 375, 'bar', ['coffee-extras']],
      ['cappuccino', 'Cappuccino', 'Capp', 475, 'bar', COFFEE],
      ['latte', 'Caffè latte', 'Latte', 495, 'bar', COFFEE],
      ['tea', 'Pot of tea', 'Tea', 395, 'bar', NONE],
      ['lemonade', 'Fresh lemonade', 'Lemonade', 450, 'bar', ['drink-size']],
      ['iced-tea', 'Iced tea', 'Iced tea', 425, 'bar', ['drink-size']],
      ['cola-bottle', 'Cola (bottle)', 'Cola', 350, null, NONE],
      ['ginger-ale-bottle', 'Ginger ale (bottle)', 'Ginger ale', 350, null, NONE],
      ['water-still', 'Still water (bottle)', 'Still', 300, null, NONE],
      ['water-sparkling', 'Sparkling water (bottle)', 'Sparkling', 325, null, NONE],
    ],
  },
  {
    id: 'beer-wine',
    name: 'Beer, wine & spirits',
    color: 'slate',
    taxRateId: 'alcohol',
    items: [
      ['draft-lager', 'Draft lager, pint', 'Lager', 750, 'bar', NONE],
      ['draft-ipa', 'Draft IPA, pint', 'IPA', 850, 'bar', NONE],
      ['beer-bottle', 'Pilsner (bottle)', 'Pils btl', 650, null, NONE],
      ['beer-wheat', 'Wheat beer (bottle)', 'Wheat btl', 700, null, NONE],
      ['wine-house-red', 'House red, glass', 'Red gl', 950, 'bar', NONE],
      ['wine-house-white', 'House white, glass', 'White gl', 950, 'bar', NONE],
      ['prosecco', 'Prosecco, glass', 'Prosecco', 1050, 'bar', NONE],
      ['gin-tonic', 'Gin and tonic', 'G&T', 1250, 'bar', NONE],
    ],
  },
]
