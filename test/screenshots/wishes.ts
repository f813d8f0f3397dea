/** As REST asks for them. */
export const burger = { menu_item_id: 'burger-classic', quantity: 1, modifiers: ['no_onions'] }
export const bacon = { menu_item_id: 'burger-bacon', quantity: 2, modifiers: ['extra_cheese'] }
