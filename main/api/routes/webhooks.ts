import type { Webhook, WebhookTable } from '../../../db/sqlite/webhooks.ts'
import type { Frontier } from '../../../domain/log.ts'
import { ok, refuse, type Result } from '../../../domain/result.ts'
import type { EventType } from '../../../protocol/rest/event.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import {
  createdWebhook,
  resumeWebhookIn,
  webhook,
  webhookIn,
  webhookList,
  webhookParams,
  type RestWebhook,
} from '../../../protocol/rest/webhook.ts'
import type { DeviceBox } from '../../jobs/device-box.ts'
import { urlFault } from '../../webhooks/address.ts'
import { MAX_WEBHOOKS } from '../../webhooks/limits.ts'
import { secretPlace } from '../../webhooks/sender.ts'
import { newSecret } from '../../webhooks/signature.ts'
import { decodePosition, encodePosition } from '../events/position.ts'
import { problemOf, type Problem } from '../problems.ts'
import { route, type Route } from '../route.ts'

const WEBHOOKS = '/api/v1/webhooks'
const MANAGERS = ['manager', 'admin'] as const

export interface WebhookRoutesDeps {
  readonly hooks: WebhookTable
  readonly box: DeviceBox
  readonly deviceId: string
  readonly frontier: () => Frontier
  readonly privateHosts: readonly string[]
  readonly onChanged: () => void
}

/** Whom this device tells. Of a device: another one would tell it twice. See docs/decisions/0105. */
export function webhookRoutes(deps: WebhookRoutesDeps): readonly Route[] {
  const { hooks, box, deviceId, frontier, privateHosts, onChanged } = deps

  const toRest = (hook: Webhook): RestWebhook => ({
    id: hook.id,
    url: hook.url,
    types: hook.types === null ? null : (JSON.parse(hook.types) as EventType[]),
    include_guests: hook.showsGuests === 1,
    state: hook.disabledBecause !== null ? 'disabled' : hook.failures > 0 ? 'failing' : 'active',
    disabled_because: hook.disabledBecause,
    position: hook.position,
    failures: hook.failures,
    failing_since: timeOf(hook.failingSinceMs),
    next_try_at: timeOf(hook.nextTryMs === 0 || hook.disabledBecause ? null : hook.nextTryMs),
    last_failure: hook.lastFailure,
    last_delivered_at: hook.lastDeliveredAt,
    device_id: deviceId,
    created_at: hook.createdAt,
    created_by: hook.createdBy,
  })

  return [
    route({
      method: 'GET',
      path: WEBHOOKS,
      operationId: 'listWebhooks',
      summary: 'Whom this device tells of what happens, how far, and what fails.',
      roles: MANAGERS,
      query: noQuery,
      answer: { status: 200, schema: webhookList },
      handle: () => ok({ body: { data: hooks.all().map(toRest) } }),
    }),
    route({
      method: 'POST',
      path: WEBHOOKS,
      operationId: 'createWebhook',
      summary:
        'From now on, or from a position on, this device posts each event to an address: signed as Standard Webhooks says, in order, until it is taken, at least once.',
      roles: MANAGERS,
      query: noQuery,
      body: webhookIn,
      answer: { status: 201, schema: createdWebhook },
      handle: ({ body, caller, commandId, newOrderId, at }) => {
        const id = `wh.${newOrderId.replace(/^ord\./, '')}`
        const known = hooks.find(id)
        if (known !== null) return repeated(known, commandId)
        const fault = urlFault(body.url, privateHosts)
        if (fault !== null) return refuse(problemOf('webhook_url_refused', fault))
        const position = readPosition(body.position)
        if (!position.ok) return position
        if (hooks.all().length >= MAX_WEBHOOKS) return refuse(problemOf('too_many_webhooks', FULL))
        const secret = newSecret()
        hooks.add({
          id,
          url: body.url,
          types: body.types === undefined ? null : JSON.stringify(body.types),
          secret: box.seal(secret, secretPlace(id)),
          showsGuests: body.include_guests ? 1 : 0,
          createdAt: at,
          createdBy: caller.actor,
          commandId,
          position: position.value ?? encodePosition(frontier()),
        })
        onChanged()
        const added = hooks.find(id)
        return added === null ? refuse(notFound(id)) : answer(added, secret)
      },
    }),
    route({
      method: 'POST',
      path: `${WEBHOOKS}/{id}/resume`,
      operationId: 'resumeWebhook',
      summary:
        'Tells it again: one that was disabled from where it stopped, any from a position on.',
      roles: MANAGERS,
      params: webhookParams,
      query: noQuery,
      body: resumeWebhookIn,
      answer: { status: 200, schema: webhook },
      handle: ({ params: { id }, body }) => {
        const position = readPosition(body?.position)
        if (!position.ok) return position
        hooks.resume(id, position.value)
        onChanged()
        const found = hooks.find(id)
        return found === null ? refuse(notFound(id)) : ok({ body: toRest(found) })
      },
    }),
    route({
      method: 'DELETE',
      path: `${WEBHOOKS}/{id}`,
      operationId: 'deleteWebhook',
      summary: 'Tells it nothing more.',
      roles: MANAGERS,
      params: webhookParams,
      query: noQuery,
      answer: { status: 200, schema: webhook },
      handle: ({ params: { id } }) => {
        const found = hooks.find(id)
        if (found === null) return refuse(notFound(id))
        hooks.remove(id)
        onChanged()
        return ok({ body: toRest(found) })
      },
    }),
  ]

  /** Whoever repeats the request under its key is who was told the secret. */
  function repeated(known: Webhook, commandId: string) {
    const secret = box.open(known.secret, secretPlace(known.id))
    return known.commandId === commandId && secret !== null
      ? answer(known, secret)
      : refuse(problemOf('idempotency_key_reused', REUSED))
  }

  function answer(hook: Webhook, secret: string) {
    const location = `${WEBHOOKS}/${encodeURIComponent(hook.id)}`
    return ok({ body: { ...toRest(hook), secret }, headers: { location } })
  }
}

function readPosition(position: string | undefined): Result<string | null, Problem> {
  if (position === undefined) return ok(null)
  const frontier = decodePosition(position)
  if (frontier !== null) return ok(encodePosition(frontier))
  const message = 'Invalid input: this is no position of the feed'
  const errors = [{ path: 'position', message }]
  return refuse(problemOf('validation_failed', `position: ${message}`, { errors }))
}

const timeOf = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString()
const notFound = (id: string) => problemOf('webhook_not_found', `There is no webhook ${id}.`)
const REUSED = 'This Idempotency-Key was used for another webhook. Use a new one.'
const FULL = `This device tells up to ${MAX_WEBHOOKS} addresses.`
