import { monitorEventLoopDelay } from 'node:perf_hooks'
import { OWN_VERSION } from './own-version.ts'
import type { Metrics } from './prometheus.ts'

/** What every process of ours shows of itself, under the names that dashboards know. */
export function addProcess(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay()
  delay.enable()
  const build = { version: OWN_VERSION, node: process.versions.node }
  metrics.gauge('aura_build_info', '1; the labels say which program this is.', () => [[build, 1]])
  metrics.gauge('process_resident_memory_bytes', 'Memory in use.', () => process.memoryUsage.rss())
  metrics.gauge('nodejs_heap_size_used_bytes', 'Heap in use.', () => process.memoryUsage().heapUsed)
  metrics.gauge('process_cpu_seconds_total', 'Processor time so far.', () => {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1_000_000
  })
  metrics.gauge('process_start_time_seconds', 'When it started.', () =>
    Math.round(performance.timeOrigin / 1_000),
  )
  metrics.gauge('nodejs_eventloop_lag_p99_seconds', 'Since the page was last asked for.', () => {
    const p99 = delay.percentile(99) / 1e9
    delay.reset()
    return p99
  })
  return () => void delay.disable()
}
