/** Reading the colours of tokens.css, for the test that holds them to WCAG 2.2. */

export type Theme = 'light' | 'dark'

const TOKEN = /--([\w-]+):\s*(?:light-dark\((#[\da-f]{6}),\s*(#[\da-f]{6})\)|(#[\da-f]{6}))/g

export function readTokens(css: string): Readonly<Record<Theme, ReadonlyMap<string, string>>> {
  const light = new Map<string, string>()
  const dark = new Map<string, string>()
  for (const [, name = '', onLight, onDark, both] of css.matchAll(TOKEN)) {
    light.set(name, onLight ?? both ?? '')
    dark.set(name, onDark ?? both ?? '')
  }
  return { light, dark }
}

/** The contrast ratio of WCAG 2.2: from 1, the same, to 21, black on white. */
export function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (bright + 0.05) / (dim + 0.05)
}

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
