import type { AllIn } from '../kinds.ts'
import { approval } from './approval.ts'
import { audit } from './audit.ts'
import { common } from './common.ts'
import { conflict } from './conflict.ts'
import { devices } from './devices.ts'
import { drawer } from './drawer.ts'
import { floor } from './floor.ts'
import { front } from './front.ts'
import { item } from './item.ts'
import { kitchen } from './kitchen.ts'
import { lines } from './lines.ts'
import { news } from './news.ts'
import { order } from './order.ts'
import { pay } from './pay.ts'
import { printers } from './printers.ts'
import { reason } from './reason.ts'
import { refusal } from './refusal.ts'
import { settle } from './settle.ts'
import { signIn } from './sign-in.ts'
import { status } from './status.ts'
import { stock } from './stock.ts'
import { till } from './till.ts'
import { trade } from './trade.ts'

export const arabic: AllIn<'ar'> = {
  approval,
  audit,
  common,
  conflict,
  devices,
  drawer,
  floor,
  front,
  item,
  kitchen,
  lines,
  news,
  order,
  pay,
  printers,
  reason,
  refusal,
  settle,
  signIn,
  status,
  stock,
  till,
  trade,
}
