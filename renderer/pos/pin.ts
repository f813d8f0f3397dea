import type { Key } from '../ui/Keypad.tsx'

export function typePin(pin: string, key: Key, digits: number): string {
  if (key === 'back') return pin.slice(0, -1)
  return (pin + key).slice(0, digits)
}
