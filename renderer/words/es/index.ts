import type { AllIn } from '../kinds.ts'
import { common } from './common.ts'
import { conflict } from './conflict.ts'
import { floor } from './floor.ts'
import { front } from './front.ts'
import { kitchen } from './kitchen.ts'
import { lines } from './lines.ts'
import { signIn } from './sign-in.ts'
import { trade } from './trade.ts'

export const spanish: AllIn<'es'> = {
  common,
  conflict,
  floor,
  front,
  kitchen,
  lines,
  signIn,
  trade,
}
