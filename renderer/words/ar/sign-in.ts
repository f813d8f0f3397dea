import type { signIn as english } from '../en/sign-in.ts'
import type { In } from '../kinds.ts'

export const signIn: In<'ar', typeof english> = {
  title: 'تسجيل الدخول',
  who: 'من أنت؟',
  chooseName: 'اختر اسمك أولاً',
  pinOf: 'الرقم السري لـ {name}',
  pin: 'الرقم السري',
  digits: '{typed} من {all} أرقام',
  wrongPin: {
    zero: 'الرقم السري خاطئ. لم تبقَ محاولات.',
    one: 'الرقم السري خاطئ. بقيت محاولة واحدة.',
    two: 'الرقم السري خاطئ. بقيت محاولتان.',
    few: 'الرقم السري خاطئ. بقيت {count} محاولات.',
    many: 'الرقم السري خاطئ. بقيت {count} محاولة.',
    other: 'الرقم السري خاطئ. بقيت {count} محاولة.',
  },
  tooMany: 'محاولات خاطئة كثيرة. أعد المحاولة بعد {wait}.',
  tooManyHere: 'محاولات خاطئة كثيرة على هذا الصندوق. أعد المحاولة بعد {wait}.',
  managerLifts: 'مدير يرفع القفل',
  whichManager: 'أي مدير يسمح لـ {name} بالمحاولة من جديد؟',
  whichManagerAll: 'أي مدير يسمح للجميع بالمحاولة من جديد؟',
}
