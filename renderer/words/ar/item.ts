import type { item as english } from '../en/item.ts'
import type { In } from '../kinds.ts'

export const item: In<'ar', typeof english> = {
  choose: 'اختر {n}',
  upTo: 'حتى {n}',
  chooseRange: 'اختر من {min} إلى {max}',
  chooseMore: '{group}: اختر {n} أخرى',
  pickOne: 'اختر واحدًا على الأقل',
  addFor: 'إضافة {amount}',
  saveFor: 'حفظ {amount}',
  instructions: 'تعليمات خاصة',
  noAllergens: 'بلا مسببات حساسية',
  contains: 'يحتوي على {list}',
  wasSent: 'أُرسل إلى المطبخ. لتغييره ألغِه وأضف واحدًا جديدًا.',
  void: 'إلغاء الصنف',
  required: 'مطلوب',
  menuEmpty: 'القائمة فارغة.',
  categories: 'الفئات',
  menu: 'القائمة: {category}',
  hint86: 'وضع النفاد: المس صنفًا لرفعه من القائمة أو إعادته.',
  off86: 'مرفوع',
  soldOut: 'نفد',
  notNow: 'ليس الآن',
  oversoldBy: '{n} زيادة',
  left: 'بقي {n}',
}
