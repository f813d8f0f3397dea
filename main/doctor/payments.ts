import { connect } from 'node:net'
import type { Connection } from '../../db/sqlite/connection.ts'
import { prepare } from '../../db/sqlite/statements.ts'
import { parseAddress } from '../../sync/address.ts'
import type { Config } from '../config.ts'
import { bad, good, type Finding } from './finding.ts'

const CONNECT_TIMEOUT_MS = 3_000
const DAY_MS = 86_400_000
/** Fewer cards say nothing. */
const FEWEST_CARDS = 5
const TOO_MANY_FAIL = 0.2

/** Whether cards can be taken: the terminal, and what became of the last ones. */
export async function lookAtPayments(
  connection: Connection,
  { payments }: Pick<Config, 'payments'>,
  deviceId: string,
  nowMs: number,
): Promise<Finding[]> {
  return [
    await lookAtTerminal(payments.card_terminal),
    lookAtUnclear(connection, deviceId),
    lookAtLastCards(connection, new Date(nowMs - DAY_MS).toISOString()),
  ]
}

async function lookAtTerminal(terminal: Config['payments']['card_terminal']): Promise<Finding> {
  if (terminal === null) {
    return good(
      'card_terminal',
      'No card terminal is set up for this device (payments.card_terminal).',
    )
  }
  if (terminal.provider === 'stripe') return lookAtStripe(terminal.api)
  const address = parseAddress(terminal.address)
  const isThere = address !== null && (await answers(address.host, address.port))
  return isThere
    ? good('card_terminal', `The card terminal answers at ${terminal.address}.`)
    : bad(
        'card_terminal',
        `The card terminal does not answer at ${terminal.address}.`,
        'See that it is switched on, shows its idle screen and is in this network, and that payments.card_terminal has its address. Cash and other tills go on.',
      )
}

/** Its reader is asked by way of its servers. */
async function lookAtStripe(api = 'https://api.stripe.com'): Promise<Finding> {
  const { hostname, port, protocol } = new URL(api)
  const isThere = await answers(hostname, Number(port || (protocol === 'http:' ? 80 : 443)))
  return isThere
    ? good('card_terminal', `The servers that drive the card reader answer at ${hostname}.`)
    : bad(
        'card_terminal',
        `The servers that drive the card reader do not answer at ${hostname}.`,
        'See that this device reaches the internet, then that no firewall stands in the way. Cash goes on.',
      )
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: CONNECT_TIMEOUT_MS })
    const end = (isThere: boolean) => () => {
      socket.destroy()
      resolve(isThere)
    }
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false))
  })
}

/** Nobody knows what became of them: a manager has to say. */
function lookAtUnclear(connection: Connection, deviceId: string): Finding {
  const unclear = prepare(
    connection,
    connection.sql
      .selectFrom('order_payment_intents')
      .select('id')
      .where('device_id', '=', '')
      .where('state', '=', ''),
  ).all(deviceId, 'unclear').length
  return unclear === 0
    ? good('payments', 'Of every card that was asked for it is known what became of it.')
    : bad(
        'payments',
        `Of ${unclear} cards it is not known whether they were charged.`,
        'Look at the journal of the terminal, and settle each on the till: open the order, "Was it taken?".',
      )
}

function lookAtLastCards(connection: Connection, since: string): Finding {
  const cards = prepare(
    connection,
    connection.sql
      .selectFrom('order_payment_intents')
      .select(['state', 'why'])
      .where('kind', '=', '')
      .where('at', '>=', ''),
  ).all('payment', since)
  const failed = cards.filter(({ state }) => state === 'failed')
  const says = `${failed.length} of ${cards.length} cards of the last 24 hours were not taken.`
  if (cards.length < FEWEST_CARDS || failed.length <= cards.length * TOO_MANY_FAIL) {
    return good('cards_taken', says)
  }
  const reasons = [...Map.groupBy(failed, ({ why }) => why ?? 'unknown')]
    .map(([why, of]) => `${of.length} ${why}`)
    .join(', ')
  return bad(
    'cards_taken',
    `${says} Why: ${reasons}.`,
    '"declined" is the bank’s answer to the guest. "unreachable", "timeout" and "interrupted" are the terminal or its network: restart it, and look at the status page of the provider. "aura report" and the order’s history have each of them.',
  )
}
