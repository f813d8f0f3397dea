/** Prints one row of a table: a name and its cells. */
export function printRow(name: string, ...cells: readonly string[]): void {
  process.stdout.write(`${name.padEnd(44)}${cells.map((cell) => cell.padStart(14)).join('')}\n`)
}

export function printTitle(title: string, ...columns: readonly string[]): void {
  process.stdout.write('\n')
  printRow(title, ...columns)
}

/** The value below which this share of the samples lies. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const ms = (value: number): string => `${value.toFixed(2)} ms`
export const perSecond = (value: number): string => `${Math.round(value)}/s`
export const ratio = (value: number): string => `${value.toFixed(2)}x`
