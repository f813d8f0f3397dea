import type { item as english } from '../en/item.ts'
import type { In } from '../kinds.ts'

export const item: In<'ar', typeof english> = {
  choose: 'اختر {n}',
  upTo: 'حتى {n}',
  chooseRange: 'اختر من {min} إلى {max}',
  chooseMore: '{group}: اختر {n} أخرى',
  pickOne: 'اختر واحدًا على الأقل',
}
