import type { customer as english } from '../en/customer.ts'
import type { In } from '../kinds.ts'

export const customer: In<'ar', typeof english> = {
  title: 'العميل',
  save: 'حفظ العميل',
  phone: 'الهاتف',
  find: 'بحث عن عميل',
  name: 'الاسم',
  email: 'البريد الإلكتروني',
  address: 'العنوان',
  locked: 'لا يستطيع هذا الجهاز قراءة عميل هذا الطلب. ما تحفظه يحل محله.',
  erased: 'حُذف عميل هذا الطلب. ما تحفظه شخص جديد.',
  nobody: 'لم يطلب أحد بهذا الهاتف بعد.',
  withPhone: 'عملاء بهذا الهاتف',
  noName: 'بلا اسم',
  erase: 'حذف…',
  use: 'استخدام',
  lastOrders: 'آخر طلبات {name}',
  eraseWho: 'حذف {name}؟',
  eraseWhat:
    'يصبح الاسم والهاتف والبريد والعنوان غير مقروءة على كل جهاز وفي المركز نهائيًا. تبقى الطلبات.',
  keep: 'إبقاء',
  eraseForGood: 'حذف نهائي',
  isErased: 'حُذف.',
  allObeyed: 'نفّذت كل الأجهزة.',
  notYetAt: 'لم يُحذف بعد على {names}: يتم عند الاتصال القادم.',
}
