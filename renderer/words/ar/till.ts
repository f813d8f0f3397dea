import type { till as english } from '../en/till.ts'
import type { In } from '../kinds.ts'

export const till: In<'ar', typeof english> = {
  waiting: 'بانتظار جهاز هذا الصندوق',
  lateCame: {
    zero: 'أُزيل ولم يصل منه شيء',
    one: 'أُزيل ومع ذلك وصل منه تغيير واحد',
    two: 'أُزيل ومع ذلك وصل منه تغييران',
    few: 'أُزيل ومع ذلك وصلت منه {count} تغييرات',
    many: 'أُزيل ومع ذلك وصل منه {count} تغييرًا',
    other: 'أُزيل ومع ذلك وصل منه {count} تغيير',
  },
  lateCounts: 'كُتب بعد الإزالة أو لم يكن معروفًا عندها. كله محسوب.',
  lateRecords: 'غيّر بيانات المتجر: {kinds}.',
  lateUnread: '{n} أخرى غير مفصّلة هنا.',
  lateLook: 'راجع الطلبات؛ الخطأ يُلغى أو يُستردّ كالمعتاد.',
  numbersMore: '{numbers} و{n} أخرى',
  numbersLast: '{numbers} و{last}',
  removed: 'أُزيل هذا الصندوق من المتجر',
  removedWhy: 'لم يعد يسمعه أي جهاز. لا يصل شيء من هنا إلى المطبخ.',
  unseen: 'لم يره المطبخ',
  noScreenSaw: 'لم ترَ أي شاشة مطبخ {numbers}',
  sentAgo: '{place} · {stations} · أُرسل قبل {age}. أخبر المطبخ.',
  openNumber: 'فتح {number}',
  readyCount: '{n} جاهزة',
  unseenCount: '{n} لم تُرَ',
  mode86: 'وضع النفاد',
  signOut: 'خروج',
  signOutName: 'خروج {name}',
  toLight: 'السمة الفاتحة',
  toDark: 'السمة الداكنة',
}
