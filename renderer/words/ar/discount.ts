import type { discount as english } from '../en/discount.ts'
import type { In } from '../kinds.ts'

export const discount: In<'ar', typeof english> = {
  title: 'خصم على {number}',
  about: 'على أصناف بقيمة {amount}',
  back: 'سحب الخصم',
  discount: 'خصم',
  compAll: 'ضيافة، الكل',
  chooseFirst: 'اختر المقدار أولًا.',
  comp: 'ضيافة',
  takeOff: 'خصم {percent}',
  withManager: '{action}، مع مدير',
  other: 'نسبة أخرى',
  amount: 'مبلغ',
  amountOff: 'خصم {amount}',
}
