import type { MessageFact, MessageText } from '../../domain/message-texts.ts'
import type { Language } from '../../domain/notices.ts'

export interface NoticeFacts {
  readonly store: string
  readonly order: string
  /** Null: the guest left none. */
  readonly name: string | null
  /** Of the page that shows how far the order is. Null: nobody knows one now. */
  readonly link: string | null
}

export interface Wording {
  readonly language: Language
  readonly words: MessageText
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

const FOLLOW: Readonly<Record<Language, string>> = {
  en: 'Follow your order: {link}',
  de: 'Ihre Bestellung verfolgen: {link}',
  es: 'Siga su pedido: {link}',
  fr: 'Suivre votre commande : {link}',
  ar: 'تابع طلبك: {link}',
}

export function smsText({ language, words }: Wording, facts: NoticeFacts): string {
  const link = hasOwnPlace(words) || facts.link === null ? [] : [facts.link]
  return [fill(words.text, facts), ...link, STOP[language]].join(' ')
}

/** A tap on it leads to the page, so it names none. */
export const pushText = ({ words }: Wording, facts: NoticeFacts): string => fill(words.text, facts)

export function mailMessage({ language, words }: Wording, facts: NoticeFacts): Message {
  const { subject, text } = words
  const lines = [
    ...(facts.name === null ? [] : [fill(GREETING[language], facts)]),
    fill(text, facts),
    ...(hasOwnPlace(words) || facts.link === null ? [] : [fill(FOLLOW[language], facts)]),
  ]
  const dir = language === 'ar' ? 'rtl' : 'ltr'
  const paragraphs = lines
    .map((line) => `<p>${withLink(escapeHtml(line), facts.link)}</p>`)
    .join('')
  return {
    subject: oneLine(fill(subject, facts)),
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html><html lang="${language}" dir="${dir}"><body>${paragraphs}</body></html>`,
  }
}

const hasOwnPlace = ({ text }: MessageText): boolean => text.includes('{link}')

/** In one pass: what a guest calls himself fills in nothing more. */
const fill = (template: string, facts: NoticeFacts): string =>
  template.replaceAll(/\{(store|order|name|link)\}/g, (_, fact: MessageFact) => facts[fact] ?? '')

/** A header of a mail ends with its line. */
const oneLine = (text: string): string => text.replaceAll(/[\r\n]+/g, ' ')

function withLink(html: string, link: string | null): string {
  if (link === null) return html
  const shown = escapeHtml(link)
  return html.replaceAll(shown, `<a href="${shown}">${shown}</a>`)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark)
