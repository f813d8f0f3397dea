import type { Key } from '../ui/Keypad.tsx'

export const PIN_LENGTH = 4

export function typePin(pin: string, key: Key): string {
  if (key === 'back') return pin.slice(0, -1)
  return (pin + key).slice(0, PIN_LENGTH)
}
