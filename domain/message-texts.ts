import { z } from 'zod'
import { LANGUAGES, NOTICE_EVENTS, type Language, type NoticeEvent } from './notices.ts'
import { plainText } from './text.ts'

/**
 * The words of messages to guests. A store may say them in its own: a record for each event and
 * language, with the id `ready.en`; without one it is what stands here.
 */

/** What is filled in, in braces. `link`: the page that the guest follows the order on. */
export const MESSAGE_FACTS = ['store', 'order', 'name', 'link'] as const
export type MessageFact = (typeof MESSAGE_FACTS)[number]

const words = (max: number) =>
  plainText(max)
    .min(1)
    .refine(
      (text) =>
        [...text.matchAll(/\{([^{}]*)\}/g)].every(([, fact]) =>
          (MESSAGE_FACTS as readonly string[]).includes(fact ?? ''),
        ),
      { message: `what is filled in is one of ${MESSAGE_FACTS.map((f) => `{${f}}`).join(', ')}` },
    )

export const messageTextRecord = z.strictObject({
  /** Of a mail, and the title of a web push. */
  subject: words(120),
  text: words(400),
})
export type MessageText = z.infer<typeof messageTextRecord>

export const messageTextId = (event: NoticeEvent, language: Language): string =>
  `${event}.${language}`

export const MESSAGE_TEXT_IDS: readonly string[] = NOTICE_EVENTS.flatMap((event) =>
  LANGUAGES.map((language) => messageTextId(event, language)),
)

/** What is said where the store has no words of its own. */
export function usualText(id: string): MessageText | null {
  const event = NOTICE_EVENTS.find((one) => id.startsWith(`${one}.`))
  const language = LANGUAGES.find((one) => event !== undefined && id === messageTextId(event, one))
  return event === undefined || language === undefined ? null : USUAL_TEXTS[language][event]
}

const USUAL_TEXTS: Readonly<Record<Language, Readonly<Record<NoticeEvent, MessageText>>>> = {
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
