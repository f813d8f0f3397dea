import type { lines as english } from '../en/lines.ts'
import type { In } from '../kinds.ts'

export const lines: In<'fr', typeof english> = {}
