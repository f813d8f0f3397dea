import { expect, test } from 'vitest'
import { createMetrics } from './prometheus.ts'

test('the page is what Prometheus reads: counters, gauges, histograms, labels escaped', async () => {
  const metrics = createMetrics()
  const seen = metrics.counter('seen_total', 'What was seen.')
  seen.add()
  seen.add(2, { kind: 'a "quoted" \\ one' })
  metrics.gauge('now', 'How it is.', () => [[{ state: 'idle' }, 3]])
  metrics.gauge('broken', 'What cannot answer.', () => Promise.reject(new Error('no')))
  const took = metrics.histogram('took_seconds', 'How long.', [0.1, 1])
  for (const value of [0.05, 0.1, 0.5, 7]) took.observe(value)
  expect(await metrics.page()).toBe(
    [
      '# HELP seen_total What was seen.',
      '# TYPE seen_total counter',
      'seen_total 1',
      String.raw`seen_total{kind="a \"quoted\" \\ one"} 2`,
      '# HELP now How it is.',
      '# TYPE now gauge',
      'now{state="idle"} 3',
      '# HELP broken What cannot answer.',
      '# TYPE broken gauge',
      '# HELP took_seconds How long.',
      '# TYPE took_seconds histogram',
      'took_seconds_bucket{le="0.1"} 2',
      'took_seconds_bucket{le="1"} 3',
      'took_seconds_bucket{le="+Inf"} 4',
      'took_seconds_sum 7.65',
      'took_seconds_count 4',
      '',
    ].join('\n'),
  )
})
