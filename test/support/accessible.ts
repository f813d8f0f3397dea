import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** The rules of WCAG 2.0 to 2.2, levels A and AA. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe finds on a page that is serious or critical, a line for each place; none: all is well. */
export async function faultsOf(page: Page, only?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const rules = only === undefined ? { type: 'tag', values: TAGS } : { type: 'rule', values: only }
  return page.evaluate(async (runOnly) => {
    const run = (window as unknown as { axe: typeof axe }).axe.run
    const { violations } = await run(document, {
      runOnly: runOnly as axe.RunOnly,
      resultTypes: ['violations'],
      // Experimental in axe: it compares word by word, and trips over a key's number and a table's tile.
      rules: { 'label-content-name-mismatch': { enabled: false } },
      elementRef: false,
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) =>
        nodes.map(({ html, any }) => `${id}: ${html.slice(0, 140)} ${any[0]?.message ?? ''}`),
      )
  }, rules)
}

/** As somebody chooses it on the screen. */
export const setTheme = (page: Page, theme: 'light' | 'dark'): Promise<void> =>
  page.evaluate((chosen) => {
    document.documentElement.dataset['theme'] = chosen
  }, theme)

/** The same in both themes: of the second one only what depends on colours. */
export async function faultsInBothThemes(page: Page): Promise<string[]> {
  const light = await faultsOf(page)
  await setTheme(page, 'dark')
  const dark = await faultsOf(page, ['color-contrast'])
  await setTheme(page, 'light')
  return [...light, ...dark.map((fault) => `dark: ${fault}`)]
}
