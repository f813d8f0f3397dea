import type { AllIn } from '../kinds.ts'
import { alerts } from './alerts.ts'
import { approval } from './approval.ts'
import { audit } from './audit.ts'
import { common } from './common.ts'
import { conflict } from './conflict.ts'
import { customer } from './customer.ts'
import { devices } from './devices.ts'
import { discount } from './discount.ts'
import { display } from './display.ts'
import { drawer } from './drawer.ts'
import { floor } from './floor.ts'
import { front } from './front.ts'
import { item } from './item.ts'
import { join } from './join.ts'
import { kitchen } from './kitchen.ts'
import { lines } from './lines.ts'
import { news } from './news.ts'
import { order } from './order.ts'
import { orders } from './orders.ts'
import { pay } from './pay.ts'
import { printers } from './printers.ts'
import { reason } from './reason.ts'
import { refusal } from './refusal.ts'
import { reports } from './reports.ts'
import { settle } from './settle.ts'
import { signIn } from './sign-in.ts'
import { status } from './status.ts'
import { stock } from './stock.ts'
import { till } from './till.ts'
import { trade } from './trade.ts'

export const spanish: AllIn<'es'> = {
  alerts,
  approval,
  audit,
  common,
  conflict,
  customer,
  devices,
  discount,
  display,
  drawer,
  floor,
  front,
  item,
  join,
  kitchen,
  lines,
  news,
  order,
  orders,
  pay,
  printers,
  reason,
  refusal,
  reports,
  settle,
  signIn,
  status,
  stock,
  till,
  trade,
}
