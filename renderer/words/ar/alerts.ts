import type { alerts as english } from '../en/alerts.ts'
import type { In } from '../kinds.ts'

export const alerts: In<'ar', typeof english> = {
  title: 'يحتاج انتباهًا',
  about: 'ما لم يتولّه أحد بعد. يختفي من نفسه حين يستقيم.',
  none: 'لا شيء يحتاج انتباهًا.',
  seen: 'رأيته',
  seenBy: 'رآه {who}، {time}',
  since: 'منذ {time}',
  open: 'افتح {number}',
  what_order_waiting: 'لم يؤكد أحد الطلب الإلكتروني {name}',
  do_order_waiting: 'الضيف ينتظر جوابًا. أكّده، أو ألغه واذكر السبب.',
  what_order_late: 'تجاوز الطلب {name} وقته الموعود',
  do_order_late: 'ليُحضَّر أولًا، وأخبر الضيف متى يصل.',
  what_card_waiting: 'لم يُعرف بعد مصير بطاقة على الطلب {name}',
  do_card_waiting: 'انظر إلى جهاز البطاقات. لا تأخذ دفعة ثانية قبل أن يجيب.',
  what_printer: 'الطابعة {name}: {trouble}',
  do_printer: 'الورق، الغطاء، الكابل. ما ينتظر يُطبع حالما تعمل.',
  what_centre: 'لم يصل المركز شيء من هنا',
  do_centre: 'البيع مستمر ولا يضيع شيء. تحقق من اتصال الإنترنت.',
  what_oversold: 'بيع من {name} أكثر مما كان موجودًا',
  do_oversold: 'عُدّ الموجود وأخبر الضيوف المنتظرين.',
  what_sold_out: 'نفد {name}',
  do_sold_out: 'لا يمكن تسجيله. إن بقي منه شيء فعُدّه.',
  what_low_stock: '{name} يوشك أن ينفد',
  do_low_stock: 'اطلبه، أو عُدّه إن وُجد أكثر.',
}
