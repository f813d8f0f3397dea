import { common } from './common.ts'
import { conflict } from './conflict.ts'
import { floor } from './floor.ts'
import { front } from './front.ts'
import { kitchen } from './kitchen.ts'
import { lines } from './lines.ts'
import { signIn } from './sign-in.ts'
import { trade } from './trade.ts'

/** Every area of texts. A new area is a file here and in each language beside it. */
export const english = { common, conflict, floor, front, kitchen, lines, signIn, trade } as const
