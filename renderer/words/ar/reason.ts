import type { reason as english } from '../en/reason.ts'
import type { In } from '../kinds.ts'

export const reason: In<'ar', typeof english> = {
  changedMind: 'غيّر الضيف رأيه',
  mistake: 'أُدخل بالخطأ',
  soldOut: 'نفد',
  sentBack: 'أُعيد',
  tooLong: 'تأخر كثيرًا',
  guestLeft: 'غادر الضيف',
  duplicate: 'طلب مكرر',
  cannotMake: 'لا يستطيع المطبخ تحضيره',
  testOrder: 'طلب تجريبي',
  regular: 'ضيف دائم',
  longWait: 'انتظار طويل',
  complaint: 'شكوى',
  staffMeal: 'وجبة موظف',
  onTheHouse: 'على حساب المطعم',
  paidTwice: 'دُفع مرتين',
  guestComplaint: 'شكوى ضيف',
  wrongAmount: 'مبلغ خاطئ',
  orderCancelled: 'أُلغي الطلب',
  change: 'فكّة لضيف',
  wrongChange: 'فكّة خاطئة',
  counting: 'عدّ',
  test: 'اختبار',
  slip: 'يوجد إيصال',
  noSlip: 'لا يوجد إيصال',
}
