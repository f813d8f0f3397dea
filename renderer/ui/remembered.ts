/** Small choices that belong to this device's screen. A browser without storage forgets them. */
export function remember(key: string, value: string) {
  try {
    localStorage.setItem(`aura.${key}`, value)
  } catch {
    // Private windows refuse; the choice then lasts until the page is closed.
  }
}

export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(`aura.${key}`)
  } catch {
    return null
  }
}
