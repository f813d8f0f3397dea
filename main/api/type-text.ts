type Schema = Readonly<Record<string, unknown>>

/** A schema as one would write its type, in Markdown: short enough to stand in a line of a table. */
export function typeText(schema: Schema, depth = 0): string {
  const { $ref, const: constant, enum: choices, anyOf, oneOf, type, format } = schema
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? ''
    return `[${name}](#${name.toLowerCase()})`
  }
  if (constant !== undefined) return `\`${JSON.stringify(constant)}\``
  if (Array.isArray(choices)) return choices.map((one) => `\`${String(one)}\``).join(' · ')
  const options = (anyOf ?? oneOf) as Schema[] | undefined
  if (options) return [...new Set(options.map((one) => typeText(one, depth)))].join(' or ')
  if (Array.isArray(type)) {
    return type.map((one) => typeText({ ...schema, type: one as string }, depth)).join(' or ')
  }
  if (type === 'array') return `list of ${typeText((schema['items'] ?? {}) as Schema, depth)}`
  if (type === 'object') return objectText(schema, depth)
  if (type === 'null') return '`null`'
  if (typeof format === 'string') return format
  return typeof type === 'string' ? `${type}${boundsOf(schema)}` : 'anything'
}

const MAX_DEPTH = 3

function objectText(schema: Schema, depth: number): string {
  const { properties, additionalProperties } = schema as {
    readonly properties?: Record<string, Schema>
    readonly additionalProperties?: Schema | boolean
  }
  if (properties === undefined) {
    return typeof additionalProperties === 'object'
      ? `map of ${typeText(additionalProperties, depth + 1)}`
      : 'object'
  }
  if (depth >= MAX_DEPTH) return 'object'
  const required = (schema['required'] ?? []) as readonly string[]
  const members = Object.entries(properties).map(
    ([name, member]) =>
      `${name}${required.includes(name) ? '' : '?'}: ${typeText(member, depth + 1)}`,
  )
  return `{ ${members.join(', ')} }`
}

function boundsOf(schema: Schema): string {
  const { minimum, maximum, minLength, maxLength } = schema as Record<string, number | undefined>
  const least = minimum ?? minLength
  const most = maximum ?? maxLength
  const isTold = (bound: number | undefined) =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER
  if (isTold(least) && isTold(most)) return ` (${least} to ${most})`
  if (isTold(most)) return ` (up to ${most})`
  return isTold(least) && least !== 0 ? ` (from ${least})` : ''
}

export interface Member {
  readonly name: string
  readonly type: string
  readonly isRequired: boolean
  readonly description: string
}

/** Of an object its members; of anything else nothing. */
export function membersOf(schema: Schema): Member[] {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>
  const required = (schema['required'] ?? []) as readonly string[]
  return Object.entries(properties).map(([name, member]) => ({
    name,
    type: typeText(member),
    isRequired: required.includes(name),
    description: typeof member['description'] === 'string' ? member['description'] : '',
  }))
}
