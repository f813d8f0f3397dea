import { button, menuOf, openMore, orderOf, signIn, sheetOf, MARIA } from './till.ts'
import type { Person, Till } from './till.ts'

/**
 * Before the guests come somebody tries the till out, takes money and all: none of it is in the bills
 * of the day, and so none may be in its report.
 */
export async function practise(till: Till, person: Person): Promise<void> {
  const mark = till.page.getByText('TRAINING – nothing here is real')
  await signIn(till, MARIA)
  await switchOver(till, 'Begin a training')
  await mark.waitFor()
  await signIn(till, person)
  await button(
    till.page.getByRole('navigation', { name: 'Categories' }),
    'Coffee & soft drinks',
  ).click()
  await menuOf(till)
    .getByRole('button', { name: /^Espresso/ })
    .click()
  await orderOf(till)
    .getByRole('heading', { name: /^T-\d{3}$/ })
    .waitFor()
  await orderOf(till).getByRole('button', { name: /^Pay/ }).click()
  await sheetOf(till)
    .getByRole('button', { name: /^Exact/ })
    .click()
  await button(sheetOf(till), 'Next order').click()
  await signIn(till, MARIA)
  await switchOver(till, 'End the training')
  await mark.waitFor({ state: 'detached' })
}

/** The till's terminal is started anew, and asks who is there. */
async function switchOver(till: Till, deed: string): Promise<void> {
  const settings = await openMore(till, 'Settings')
  await button(settings, 'Training').click()
  await button(settings, deed).click()
  await till.page.getByRole('group', { name: 'Who are you?' }).waitFor()
  till.staff = null
  till.menuPage = ''
}
