/** What the fuzz reads of our own OpenAPI document. Roles, parameters and answers come from there alone. */

export type Schema = Readonly<Record<string, unknown>>

export interface Parameter {
  readonly name: string
  readonly place: 'path' | 'query'
  readonly required: boolean
  readonly description: string
  readonly schema: Schema
}

export interface DocumentedOperation {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With parameters in braces. */
  readonly path: string
  /** Empty: whoever asks. */
  readonly roles: readonly string[]
  readonly parameters: readonly Parameter[]
  readonly body: { readonly schema: Schema; readonly required: boolean } | null
  /** By status, or `default`: a schema for each media type. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, Schema>>>>
  /** Its answer does not end: only how it begins is looked at. */
  readonly isStream: boolean
}

export interface ApiDocument {
  readonly operations: readonly DocumentedOperation[]
  readonly schemas: Readonly<Record<string, Schema>>
  /** As it came, for what resolves references in it. */
  readonly raw: Schema
}

interface RawOperation {
  readonly operationId: string
  readonly 'x-roles': readonly string[]
  readonly parameters: readonly {
    readonly name: string
    readonly in: string
    readonly required: boolean
    readonly description?: string
    readonly schema: Schema
  }[]
  readonly requestBody?: {
    readonly required: boolean
    readonly content: Readonly<Record<string, { readonly schema: Schema }>>
  }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >
}

export function readDocument(raw: Schema): ApiDocument {
  const paths = raw['paths'] as Record<string, Record<string, RawOperation>>
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => readOperation(path, method, operation)),
  )
  const { schemas } = raw['components'] as { readonly schemas: Record<string, Schema> }
  return { operations, schemas, raw }
}

function readOperation(path: string, method: string, raw: RawOperation): DocumentedOperation {
  const answers = Object.fromEntries(
    Object.entries(raw.responses).map(([status, { content = {} }]) => [
      status,
      Object.fromEntries(Object.entries(content).map(([type, { schema }]) => [type, schema])),
    ]),
  )
  const body = raw.requestBody
  return {
    id: raw.operationId,
    method: method.toUpperCase() as DocumentedOperation['method'],
    path,
    roles: raw['x-roles'],
    parameters: raw.parameters.flatMap(({ in: place, description = '', ...rest }) =>
      place === 'path' || place === 'query' ? [{ ...rest, place, description }] : [],
    ),
    body: body
      ? { schema: body.content['application/json']?.schema ?? {}, required: body.required }
      : null,
    answers,
    isStream: Object.values(answers).some((types) => 'text/event-stream' in types),
  }
}
