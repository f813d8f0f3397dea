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
}
