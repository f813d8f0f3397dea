import type { kitchen as english } from '../en/kitchen.ts'
import type { In } from '../kinds.ts'

export const kitchen: In<'ar', typeof english> = {}
