import type { trade as english } from '../en/trade.ts'
import type { In } from '../kinds.ts'

export const trade: In<'ar', typeof english> = {
  dine_in: 'في المطعم',
  takeout: 'سفري',
  delivery: 'توصيل',
  online: 'عبر الإنترنت',
  pending: 'لم يُرسل',
  confirmed: 'أُرسل',
  preparing: 'قيد التحضير',
  ready: 'جاهز',
  cancelled: 'ملغى',
  completed: 'مكتمل',
  line_new: 'جديد',
  line_queued: 'في الانتظار',
  line_preparing: 'قيد التحضير',
  line_ready: 'جاهز',
  table: 'طاولة {table}',
  role_cashier: 'كاشير',
  role_kitchen: 'المطبخ',
  role_manager: 'مدير',
  role_admin: 'مسؤول النظام',
  role_service: 'خدمة',
}
