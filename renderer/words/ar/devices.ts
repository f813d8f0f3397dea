import type { devices as english } from '../en/devices.ts'
import type { In } from '../kinds.ts'

export const devices: In<'ar', typeof english> = {
  terminal: 'صندوق',
  kitchen: 'شاشة المطبخ',
  central: 'المركز',
  unknown: 'مجهول',
  removed: 'مُزال',
  connected: 'متصل',
  ahead: 'ساعته متقدمة {age}',
  behind: 'ساعته متأخرة {age}',
  joined: 'انضم {name} إلى المتجر. أرقام طلباته تبدأ بـ {code}-001.',
}
