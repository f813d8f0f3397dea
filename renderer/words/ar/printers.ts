import type { printers as english } from '../en/printers.ts'
import type { In } from '../kinds.ts'

export const printers: In<'ar', typeof english> = {
  paper_out: 'نفد الورق',
  cover_open: 'الغطاء مفتوح',
  offline: 'غير جاهزة',
  unreachable: 'لا يمكن الوصول إليها',
  bad_address: 'بلا عنوان صالح',
  broke_off: 'توقفت أثناء الطباعة',
  receiptsOf: 'إيصالات {names}',
  ticketsOf: 'تذاكر {names}',
  fallbackFor: 'بديل عن {names}',
  drawer: 'درج النقود',
  nothingItself: 'لا تطبع شيئًا من تلقاء نفسها',
  notUsed: 'لا يستخدمها هذا الصندوق',
  printing: 'تطبع، {n} في الانتظار',
  notAsked: 'لم تُسأل بعد',
  readyNothing: 'جاهزة، لم تطبع شيئًا بعد',
  readyPrinted: 'جاهزة، طبعت قبل {age}',
  andWaiting: '{trouble}، {n} في الانتظار',
  givenUp: {
    zero: 'لم تُترك أي مهمة',
    one: 'تُركت مهمة واحدة',
    two: 'تُركت مهمتان',
    few: 'تُركت {count} مهام',
    many: 'تُركت {count} مهمة',
    other: 'تُركت {count} مهمة',
  },
  cannotPrint: 'لا تستطيع طباعة {signs}',
}
