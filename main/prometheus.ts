/**
 * Counts, gauges and histograms in Prometheus' text format
 * (https://prometheus.io/docs/instrumenting/exposition_formats/). Labels come from fixed lists of
 * ours, never from what somebody sends: each value of a label is a series that is kept for ever.
 */
export interface Metrics {
  readonly counter: (name: string, help: string) => Counter
  /** `buckets`: upper bounds in rising order; "+Inf" is added. */
  readonly histogram: (name: string, help: string, buckets: readonly number[]) => Histogram
  /** Asked when the page is; what cannot answer is left out of the page. */
  readonly gauge: (name: string, help: string, read: () => Samples | Promise<Samples>) => void
  readonly page: () => Promise<string>
}

export type Labels = Readonly<Record<string, string>>
export interface Counter {
  readonly add: (amount?: number, labels?: Labels) => void
}
export interface Histogram {
  readonly observe: (value: number, labels?: Labels) => void
}
/** One number, or one for each set of labels. */
export type Samples = number | readonly (readonly [labels: Labels, value: number])[]

export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly lines: () => string[] | Promise<string[]>
}

export function createMetrics(): Metrics {
  const families: Family[] = []
  return {
    counter(name, help) {
      const values = new Map<string, number>()
      families.push({ name, help, type: 'counter', lines: () => linesOf(name, values) })
      return {
        add: (amount = 1, labels = {}) => {
          const key = labelText(labels)
          values.set(key, (values.get(key) ?? 0) + amount)
        },
      }
    },
    histogram(name, help, buckets) {
      const series = new Map<string, Distribution>()
      families.push({ name, help, type: 'histogram', lines: () => histogramLines(name, series) })
      return {
        observe: (value, labels = {}) => {
          const key = labelText(labels)
          const held = series.get(key) ?? {
            labels,
            sum: 0,
            counts: [...buckets, Infinity].map((le) => ({ le, count: 0 })),
          }
          series.set(key, held)
          held.sum += value
          for (const bucket of held.counts) if (value <= bucket.le) bucket.count += 1
        },
      }
    },
    gauge(name, help, read) {
      const lines = async (): Promise<string[]> => {
        const samples = await read()
        if (typeof samples === 'number') return [`${name} ${samples}`]
        return samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}`)
      }
      families.push({ name, help, type: 'gauge', lines })
    },
    async page() {
      const parts = await Promise.all(
        families.map(async ({ name, help, type, lines }) => {
          const samples = await Promise.resolve(lines()).catch(() => [])
          return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...samples]
        }),
      )
      return `${parts.flat().join('\n')}\n`
    },
  }
}

interface Distribution {
  readonly labels: Labels
  sum: number
  readonly counts: { readonly le: number; count: number }[]
}

const linesOf = (name: string, values: ReadonlyMap<string, number>): string[] =>
  [...values].map(([labels, value]) => `${name}${labels} ${value}`)

function histogramLines(name: string, series: ReadonlyMap<string, Distribution>): string[] {
  return [...series.values()].flatMap(({ labels, sum, counts }) => [
    ...counts.map(({ le, count }) => {
      const bound = le === Infinity ? '+Inf' : String(le)
      return `${name}_bucket${labelText({ ...labels, le: bound })} ${count}`
    }),
    `${name}_sum${labelText(labels)} ${sum}`,
    `${name}_count${labelText(labels)} ${counts.at(-1)?.count ?? 0}`,
  ])
}

const ESCAPED: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' }

function labelText(labels: Labels): string {
  const parts = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replaceAll(/[\\"\n]/g, (c) => ESCAPED[c] ?? c)}"`,
  )
  return parts.length === 0 ? '' : `{${parts.join(',')}}`
}
