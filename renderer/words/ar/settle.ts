import type { settle as english } from '../en/settle.ts'
import type { In } from '../kinds.ts'

export const settle: In<'ar', typeof english> = {
  overpaid: 'دُفع {amount} زيادة',
  handedOver: 'أُلغي وسُلّم رغم ذلك',
  cooked: 'أُلغي وطُبخ رغم ذلك · {amount}',
  movedTo: 'أُلغي أثناء نقل أصناف إليه · {amount}',
  paidAfter: 'أُلغي و{amount} من مال الضيف هنا',
  cardUnclear: 'طُلب {amount} من بطاقة ولم يوضح الجهاز ما حدث',
  anItem: 'صنف',
  did_asked: 'طلب {amount} من بطاقة',
  did_cancelled: 'ألغاه',
  did_completed: 'سلّمه',
  did_moved: 'نقل إليه {name}',
  did_paid: 'حصّل {amount}',
  did_preparing: 'بدأ {name}',
  did_ready: 'أنهى {name}',
  personOn: '{person} على {device}',
  title: 'للتسوية',
  about: 'جرى على أجهزة لم ترَ بعضها أو أُزيلت',
  none: 'لا شيء للتسوية.',
  putBackTo: 'إعادة إلى {number}',
  taken: 'حُصّل: يوجد إيصال',
  notTaken: 'لم يُحصّل',
  touched: 'الطلبات التي مسّها',
  isRight: 'هذا صحيح',
}
