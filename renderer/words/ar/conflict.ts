import type { conflict as english } from '../en/conflict.ts'
import type { In } from '../kinds.ts'

export const conflict: In<'ar', typeof english> = {
  keepMoney: 'الاحتفاظ بالمبلغ',
  writeOff: 'شطب',
  keepHandedOver: 'اعتباره مُسلَّمًا',
  otherGuest: 'قُدِّم لضيف آخر',
  waste: 'شطب كهدر',
  cancelAsWell: 'إلغاؤها أيضًا',
}
