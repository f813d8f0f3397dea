import { say } from '../words/say.ts'
/** What a person enters at a new device. */
export interface JoinForm {
  readonly address: string
  readonly code: string
  readonly name: string
  readonly role: 'terminal' | 'kitchen'
}

const CODE_DIGITS = 8
const ADDRESS = /^(?:\[[^\]]+\]|[^:[\]\s]+):\d{1,5}$/

/** The member shows it as `1234 5678`, and so it may be typed. */
export function typeCode(typed: string): string {
  const digits = typed.replaceAll(/\D/g, '').slice(0, CODE_DIGITS)
  const half = CODE_DIGITS / 2
  return digits.length > half ? `${digits.slice(0, half)} ${digits.slice(half)}` : digits
}

export const digitsOf = (code: string): string => code.replaceAll(/\D/g, '')

/** What is still missing, in one sentence; null where the form can be sent. */
export function missingIn({ address, code, name }: JoinForm): string | null {
  if (!ADDRESS.test(address.trim())) {
    return say('join.needAddress')
  }
  if (digitsOf(code).length < CODE_DIGITS) return say('join.needCode')
  if (name.trim() === '') return say('join.needName')
  return null
}
