import type { Config } from '../config.ts'
import { bad, good, type Finding } from './finding.ts'

const BUILT_IN = {
  menu_service_url:
    'The menu is the store’s own: edited in the back office, or by aura menu import.',
  inventory_service_url: 'Availability is the store’s own: "86 mode" on the till, or the API.',
  payment_service_url: 'Payments are taken by payments.card_terminal, and in cash.',
} as const

/** What the configuration asks for and this program does not do (decision 0132). */
export const lookAtSettings = ({ integrations }: Pick<Config, 'integrations'>): Finding[] =>
  serviceKeys.map((key) =>
    integrations[key] === ''
      ? good('integrations', BUILT_IN[key])
      : bad(
          'integrations',
          `integrations.${key} is set, and nothing asks that service.`,
          `Take it out, and let the service call this device: POST /api/v1/… and the events feed. ${BUILT_IN[key]}`,
        ),
  )

const serviceKeys = ['menu_service_url', 'inventory_service_url', 'payment_service_url'] as const
