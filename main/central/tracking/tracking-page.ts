import { createHash } from 'node:crypto'
import type { OrderStatus } from '../../../domain/order-status.ts'
import type { TrackedOrder } from '../../../protocol/rest/tracking.ts'

/** The page of a tracking link: it reads without a script, and loads itself again. */

const RELOAD_SECONDS = 10

const STYLE = `
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif }
body { max-width: 32rem; margin: 0 auto; padding: 1.5rem }
h1 { font-size: 1.25rem; margin: 0 }
.status { font-size: 2rem; font-weight: 600; margin: 1rem 0 .25rem }
ol, ul { list-style: none; padding: 0 }
ol li { padding: .25rem 0; opacity: .5 }
ol li.done { opacity: 1 }
time { float: right; font-variant-numeric: tabular-nums }
ul { border-top: 1px solid #8886; padding-top: 1rem }
small { display: block; opacity: .7 }
button { font: inherit; min-height: 2.75rem; padding: 0 1rem; border: 1px solid #8888; border-radius: .5rem }
`

/** A page is for one guest: it is kept nowhere, named to nobody, and shown in no other page. */
export const pageHeaders = (isFollowable: boolean) => ({
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; ${isFollowable ? "script-src 'self'; worker-src 'self'; connect-src 'self'; " : ''}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
})

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

const WORDS: Record<OrderStatus, string> = {
  pending: 'We have your order',
  confirmed: 'The kitchen has your order',
  preparing: 'Your order is being made',
  ready: 'Your order is ready',
  completed: 'Handed over. Enjoy!',
  cancelled: 'This order was cancelled',
}

/** `pushKey`: what a browser subscribes with; null: it is told nothing but by this page. */
export function trackingPage(
  order: TrackedOrder,
  timeZone: string,
  pushKey: string | null,
): string {
  const { status } = order
  const isOver = status === 'completed' || status === 'cancelled'
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  const step = (label: string, at: string | null): string =>
    at === null
      ? `<li>${label}</li>`
      : `<li class="done">${label}<time datetime="${escape(at)}">${clock.format(Date.parse(at))}</time></li>`
  const steps = [
    step('Ordered', order.placed_at),
    step('Confirmed', order.confirmed_at),
    step('In the kitchen', order.preparing_at),
    step('Ready', order.ready_at),
    ...(status === 'cancelled' ? [step('Cancelled', order.cancelled_at)] : []),
    ...(status === 'completed' ? [step('Handed over', order.completed_at)] : []),
  ]
  const items = order.items.map(({ name, quantity, modifiers }) => {
    const more = modifiers.length > 0 ? `<small>${escape(modifiers.join(', '))}</small>` : ''
    return `<li>${quantity} × ${escape(name)}${more}</li>`
  })
  const promised =
    order.scheduled_for === null
      ? ''
      : `<p>Ordered for ${clock.format(Date.parse(order.scheduled_for))}.</p>`
  return page(
    `Order ${order.order_number}`,
    `<h1>${escape(order.store)} · Order ${escape(order.order_number)}</h1>
<p class="status" role="status">${WORDS[status]}</p>${promised}${isOver || pushKey === null ? '' : followButton(pushKey)}
<ol>${steps.join('')}</ol>
<ul>${items.join('')}</ul>`,
    isOver ? '' : `<meta http-equiv="refresh" content="${RELOAD_SECONDS}">`,
  )
}

/** Shown by its script, where the browser can do it. */
const followButton = (key: string): string =>
  `<p><button id="follow" hidden data-key="${escape(key)}" data-on="Tell me when it is ready" data-off="Do not tell me">Tell me when it is ready</button></p><script src="follow.js" defer></script>`

export const unknownLinkPage = (): string =>
  page('No such order', '<h1>There is no order behind this link.</h1>', '')

const page = (title: string, body: string, head: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
${head}<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (mark) => ENTITIES[mark] ?? '')
