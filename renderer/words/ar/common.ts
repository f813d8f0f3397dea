import type { common as english } from '../en/common.ts'
import type { In } from '../kinds.ts'

export const common: In<'ar', typeof english> = {
  language: 'اللغة',
  close: 'إغلاق',
  back: 'رجوع',
  deleteLastDigit: 'حذف آخر رقم',
  thisDevice: 'هذا الجهاز',
  seconds: '{n} ث',
  minutes: '{n} د',
  hours: '{h} س {min} د',
  days: {
    zero: '{count} يوم',
    one: 'يوم واحد',
    two: 'يومان',
    few: '{count} أيام',
    many: '{count} يومًا',
    other: '{count} يوم',
  },
  nothing: '',
  amount: 'المبلغ',
  reason: 'السبب',
  reasonWords: 'السبب كتابةً',
  note: 'ملاحظة',
  search: 'بحث',
  remove: 'إزالة',
  quantity: 'الكمية',
  oneLess: 'أقل بواحد',
  oneMore: 'أكثر بواحد',
  orders: {
    zero: 'لا طلبات',
    one: 'طلب واحد',
    two: 'طلبان',
    few: '{count} طلبات',
    many: '{count} طلبًا',
    other: '{count} طلب',
  },
}
