import type { floor as english } from '../en/floor.ts'
import type { In } from '../kinds.ts'

export const floor: In<'ar', typeof english> = {}
