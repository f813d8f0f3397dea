import type { news as english } from '../en/news.ts'
import type { In } from '../kinds.ts'

export const news: In<'ar', typeof english> = {
  moved: {
    zero: 'لم يُنقل شيء إلى {number} · {place}',
    one: 'نُقل صنف واحد إلى {number} · {place}',
    two: 'نُقل صنفان إلى {number} · {place}',
    few: 'نُقلت {count} أصناف إلى {number} · {place}',
    many: 'نُقل {count} صنفًا إلى {number} · {place}',
    other: 'نُقل {count} صنف إلى {number} · {place}',
  },
  sent: 'أُرسل {number} · {place}',
  settled: '{number}: سُوّي',
  cancelled: 'أُلغي {number}',
  handedOver: 'سُلّم {number}',
  backToCard: '{number}: يعود {amount} إلى البطاقة',
  backInCash: '{number}: يُردّ {amount} نقدًا',
  putBack: '{number}: أُعيد إلى {to}',
  lateAccepted: 'قُبل ما كتبه {device}',
  printsX: 'يُطبع تقرير X',
  printsZ: 'يُطبع تقرير Z',
  duplicate: 'نسخة مكررة من {number} إلى الطابعة',
  toPrinter: '{number} إلى الطابعة',
  testPage: 'صفحة اختبار إلى {name}',
  drawerOpens: 'يُفتح الدرج',
  notConnected: 'لا اتصال بجهاز هذا الصندوق. لم يتغير شيء؛ حاول عند عودته.',
  dismiss: 'إخفاء',
}
