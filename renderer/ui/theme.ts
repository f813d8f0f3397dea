import { remember, remembered } from './remembered.ts'

export type Theme = 'light' | 'dark'

/** The theme in force: what somebody chose on this screen, else what the system prefers. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset['theme'] ?? remembered('theme')
  if (chosen === 'light' || chosen === 'dark') return chosen
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export function applyTheme(theme: Theme) {
  document.documentElement.dataset['theme'] = theme
}

export function chooseTheme(theme: Theme) {
  applyTheme(theme)
  remember('theme', theme)
}
