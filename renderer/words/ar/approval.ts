import type { approval as english } from '../en/approval.ts'
import type { In } from '../kinds.ts'

export const approval: In<'ar', typeof english> = {
  title: 'يجب أن يوافق مدير على ذلك',
  which: 'أي مدير؟',
  createOrder: 'صنف حر فوق الحد',
  addLines: 'صنف حر فوق الحد',
  changeLine: 'صنف حر فوق الحد',
  compLine: 'صنف مجاني',
  setServiceCharge: 'رسم خدمة آخر',
  changeDetails: 'الوعد بأكثر مما يسعه المطبخ',
  voidLine: 'إلغاء صنف وصل المطبخ',
  cancelOrder: 'إلغاء طلب وصل المطبخ',
  setDiscount: 'خصم فوق الحد',
  refundPayment: 'استرداد',
  openDrawer: 'فتح الدرج دون بيع',
}
