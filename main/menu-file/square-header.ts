import type { Row } from './csv-cells.ts'
import type { FaultList } from './menu-fault.ts'
import { fold } from './names.ts'

/** The columns of Square's item library that say something to us; of the rest nobody asks. */
export interface SquareHeader {
  readonly name: number
  readonly price: number
  readonly variation: number | undefined
  readonly description: number | undefined
  readonly category: number | undefined
  readonly reporting: number | undefined
  readonly archived: number | undefined
  readonly modifierSets: readonly NamedColumn[]
  readonly taxes: readonly TaxColumn[]
  readonly quantities: readonly number[]
}

export interface NamedColumn {
  readonly name: string
  readonly column: number
}

export interface TaxColumn extends NamedColumn {
  readonly ratePpm: number
}

const labelsOf = (row: Row): string[] => row.map(({ text }) => fold(text))

/** Our own files name their columns otherwise. */
export const isSquareHeader = (row: Row): boolean => {
  const labels = labelsOf(row)
  return labels.includes('item name') && labels.includes('price')
}

export function readSquareHeader(row: Row, faults: FaultList): SquareHeader {
  const labels = labelsOf(row)
  const at = (...names: readonly string[]): number | undefined => {
    const found = names.map((name) => labels.indexOf(name)).find((column) => column >= 0)
    return found
  }
  const prefixed = (prefix: string): NamedColumn[] =>
    row.flatMap(({ text }, column) =>
      fold(text).startsWith(prefix) ? [{ name: text.slice(prefix.length).trim(), column }] : [],
    )
  for (const name of ['item name', 'price']) {
    if (labels.indexOf(name) !== labels.lastIndexOf(name)) {
      faults.add(row[labels.lastIndexOf(name)]?.offset ?? 0, `the column "${name}" stands twice`)
    }
  }
  const taxes = prefixed('tax - ').flatMap((named): TaxColumn[] => {
    const match = /^(.*?)\s*\((\d{1,3}(?:\.\d{1,4})?)\s*%\)$/s.exec(named.name)
    const ratePpm = Math.round(Number(match?.[2]) * 10_000)
    if (match === null || ratePpm > 1_000_000) {
      const offset = row[named.column]?.offset ?? 0
      faults.add(offset, `"Tax - ${named.name}" should end with its rate, such as (8.875%)`)
      return []
    }
    return [{ ...named, name: (match[1] ?? '').trim() || 'Tax', ratePpm }]
  })
  return {
    name: labels.indexOf('item name'),
    price: labels.indexOf('price'),
    variation: at('variation name'),
    description: at('description'),
    category: at('categories', 'category'),
    reporting: at('reporting category'),
    archived: at('archived'),
    modifierSets: prefixed('modifier set - '),
    taxes,
    quantities: prefixed('current quantity ').map(({ column }) => column),
  }
}
