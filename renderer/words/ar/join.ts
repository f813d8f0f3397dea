import type { join as english } from '../en/join.ts'
import type { In } from '../kinds.ts'

export const join: In<'ar', typeof english> = {
  title: 'الانضمام إلى متجر',
  about: 'على صندوق من المتجر يفتح مدير «الأجهزة» ويُدخل جهازًا. عندها يعرض عنوانًا ورمزًا.',
  address: 'عنوان ذلك الصندوق',
  code: 'الرمز، ثمانية أرقام',
  name: 'اسم هذا الجهاز',
  what: 'ما هذا الجهاز',
  join: 'انضمام',
  joining: 'جارٍ الانضمام…',
  joined: 'تم الانضمام إلى {store}. لحظة…',
  noneFound: 'لم يُعثر على جهاز في هذه الشبكة بعد. اكتب العنوان الذي يعرضه الصندوق.',
  foundColon: 'وُجد في هذه الشبكة:',
  found: 'وُجد في هذه الشبكة',
  aDevice: 'جهاز',
  needAddress: 'أدخل العنوان كما يعرضه الجهاز، مثل 192.168.1.20:41234.',
  needCode: 'أدخل أرقام الرمز الثمانية.',
  needName: 'أعطِ هذا الجهاز اسمًا، مثل صندوق 3.',
}
