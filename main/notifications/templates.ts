import type { Language, NoticeEvent } from '../../domain/notices.ts'

/** The words of messages to guests. `{store}`, `{order}` and `{name}` are filled in. */
export interface Words {
  readonly subject: string
  readonly text: string
}

export interface NoticeFacts {
  readonly store: string
  readonly order: string
  /** Null: the guest left none. */
  readonly name: string | null
}

export const WORDS: Readonly<Record<Language, Readonly<Record<NoticeEvent, Words>>>> = {
  en: {
    confirmed: {
      subject: '{store}: we have your order {order}',
      text: 'Thank you! We have your order {order} and are on it. {store}',
    },
    ready: {
      subject: '{store}: your order {order} is ready',
      text: 'Your order {order} is ready. {store}',
    },
    cancelled: {
      subject: '{store}: your order {order} was cancelled',
      text: 'Your order {order} was cancelled. If you did not ask for that, please call us. {store}',
    },
  },
  de: {
    confirmed: {
      subject: '{store}: Ihre Bestellung {order} ist da',
      text: 'Vielen Dank! Ihre Bestellung {order} ist bei uns angekommen und in Arbeit. {store}',
    },
    ready: {
      subject: '{store}: Ihre Bestellung {order} ist fertig',
      text: 'Ihre Bestellung {order} ist fertig. {store}',
    },
    cancelled: {
      subject: '{store}: Ihre Bestellung {order} wurde storniert',
      text: 'Ihre Bestellung {order} wurde storniert. Falls Sie das nicht wollten, rufen Sie uns bitte an. {store}',
    },
  },
  es: {
    confirmed: {
      subject: '{store}: hemos recibido su pedido {order}',
      text: '¡Gracias! Hemos recibido su pedido {order} y ya lo preparamos. {store}',
    },
    ready: {
      subject: '{store}: su pedido {order} está listo',
      text: 'Su pedido {order} está listo. {store}',
    },
    cancelled: {
      subject: '{store}: su pedido {order} se ha cancelado',
      text: 'Su pedido {order} se ha cancelado. Si no lo pidió usted, llámenos, por favor. {store}',
    },
  },
  fr: {
    confirmed: {
      subject: '{store} : votre commande {order} est bien arrivée',
      text: 'Merci ! Votre commande {order} est bien arrivée et nous nous en occupons. {store}',
    },
    ready: {
      subject: '{store} : votre commande {order} est prête',
      text: 'Votre commande {order} est prête. {store}',
    },
    cancelled: {
      subject: '{store} : votre commande {order} est annulée',
      text: 'Votre commande {order} est annulée. Si ce n’était pas votre souhait, appelez-nous. {store}',
    },
  },
  ar: {
    confirmed: {
      subject: '{store}: وصلنا طلبك {order}',
      text: 'شكرًا لك! وصلنا طلبك {order} ونحن نعمل عليه. {store}',
    },
    ready: {
      subject: '{store}: طلبك {order} جاهز',
      text: 'طلبك {order} جاهز. {store}',
    },
    cancelled: {
      subject: '{store}: أُلغي طلبك {order}',
      text: 'أُلغي طلبك {order}. إن لم تطلب ذلك فاتصل بنا من فضلك. {store}',
    },
  },
}

const GREETING: Readonly<Record<Language, string>> = {
  en: 'Hello {name},',
  de: 'Guten Tag {name},',
  es: 'Hola, {name}:',
  fr: 'Bonjour {name},',
  ar: 'مرحبًا {name}،',
}

const STOP: Readonly<Record<Language, string>> = {
  en: 'Reply STOP for no more messages.',
  de: 'Antworten Sie STOP, um keine Nachrichten mehr zu erhalten.',
  es: 'Responda STOP para no recibir más mensajes.',
  fr: 'Répondez STOP pour ne plus rien recevoir.',
  ar: 'أرسل STOP لإيقاف الرسائل.',
}

export interface Message {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export function smsText(language: Language, event: NoticeEvent, facts: NoticeFacts): string {
  return `${fill(WORDS[language][event].text, facts)} ${STOP[language]}`
}

export const pushText = (language: Language, event: NoticeEvent, facts: NoticeFacts): string =>
  fill(WORDS[language][event].text, facts)

export function mailMessage(language: Language, event: NoticeEvent, facts: NoticeFacts): Message {
  const { subject, text } = WORDS[language][event]
  const lines = [
    ...(facts.name === null ? [] : [fill(GREETING[language], facts)]),
    fill(text, facts),
  ]
  const dir = language === 'ar' ? 'rtl' : 'ltr'
  const paragraphs = lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')
  return {
    subject: oneLine(fill(subject, facts)),
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html><html lang="${language}" dir="${dir}"><body>${paragraphs}</body></html>`,
  }
}

/** In one pass: what a guest calls himself fills in nothing more. */
const fill = (template: string, facts: NoticeFacts): string =>
  template.replaceAll(/\{(store|order|name)\}/g, (_, word: keyof NoticeFacts) => facts[word] ?? '')

/** A header of a mail ends with its line. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ')

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark)
