import type { front as english } from '../en/front.ts'
import type { In } from '../kinds.ts'

export const front: In<'es', typeof english> = {}
