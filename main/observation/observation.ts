import type { FastifyInstance } from 'fastify'
import { addProcess } from '../process-metrics.ts'
import { createMetrics, type Metrics } from '../prometheus.ts'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** What can be watched of a device: see written.ts for what it did, device-gauges.ts for how it stands. */
export interface DeviceObservation {
  readonly metrics: Metrics
  /** Counts what the API answers, by the routes as they stand in the program. */
  readonly watchApi: (app: FastifyInstance) => void
  readonly stop: () => void
}

export function createDeviceObservation(): DeviceObservation {
  const metrics = createMetrics()
  const requests = metrics.counter('aura_http_requests_total', 'Requests answered.')
  const problems = metrics.counter('aura_problems_total', 'Problems answered, by their code.')
  const answers = metrics.histogram(
    'aura_http_request_seconds',
    'Time from request to answer.',
    SECONDS,
  )
  return {
    metrics,
    watchApi: (app) =>
      void app.addHook('onResponse', async (request, reply) => {
        const route = request.routeOptions.url ?? 'none'
        const { method, problemCode } = request
        requests.add(1, {
          method: METHODS.has(method) ? method : 'other',
          route,
          status: String(reply.statusCode),
        })
        if (problemCode !== undefined) problems.add(1, { code: problemCode })
        answers.observe(reply.elapsedTime / 1_000, { route })
      }),
    stop: addProcess(metrics),
  }
}

/** What else somebody may send would be a series for ever. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
