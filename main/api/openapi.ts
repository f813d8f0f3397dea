import { z } from 'zod'
import { problem, PROBLEM_CONTENT_TYPE } from '../../protocol/rest/problem.ts'
import { PROBLEMS } from './problems.ts'
import type { DocumentedAnswer, Operation } from './route.ts'

type Json = { [member: string]: unknown }

/** The OpenAPI 3.1 document of the table of operations, from the very schemas that check them. */
export function openApiDocument(operations: readonly Operation[]): Json {
  const schemas: Json = {}
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = (paths[operation.path] ??= {})
    path[operation.method.toLowerCase()] = operationObject(operation, schemas)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'AuraConnect POS',
      version: '1',
      description:
        'The REST API of every device of a store. Money is in minor units. Unsafe calls take `Idempotency-Key`; a change of an order takes `If-Match` with its version.',
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas,
    },
  }
}

function operationObject(operation: Operation, schemas: Json): Json {
  const { roles, body, answer, otherAnswers = [], approval } = operation
  const isUnsafe = operation.method !== 'GET'
  const names = roles === null ? 'anyone, without a token' : roles.join(', ')
  return {
    operationId: operation.operationId,
    summary: operation.summary,
    description: `May be called by: ${names}.${approval ? APPROVAL_WORDS[approval] : ''}`,
    'x-roles': roles ?? [],
    ...(approval && { 'x-approval': { roles: ['cashier'], when: approval } }),
    ...(roles === null && { security: [] }),
    parameters: [
      ...parametersIn('path', operation.params, schemas),
      ...parametersIn('query', operation.query, schemas),
      ...(isUnsafe ? [IDEMPOTENCY_KEY] : []),
      ...(changesOrder(operation) ? [IF_MATCH] : []),
      ...(approval ? [APPROVAL_HEADER] : []),
    ],
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { 'application/json': { schema: schemaObject(body, 'input', schemas) } },
      },
    }),
    responses: {
      ...answersByStatus([answer, ...otherAnswers], schemas),
      default: {
        description: 'Refused; `code` says why.',
        content: { [PROBLEM_CONTENT_TYPE]: { schema: problemSchema(schemas) } },
      },
    },
  }
}

/** Answers of one status are told apart by their media types. */
function answersByStatus(answers: readonly DocumentedAnswer[], schemas: Json): Json {
  const byStatus: Record<string, { description: string; content: Json }> = {}
  for (const { status, schema, type = 'application/json', when = 'Done.' } of answers) {
    const described = (byStatus[status] ??= { description: when, content: {} })
    described.content[type] = { schema: schemaObject(schema, 'output', schemas) }
  }
  return byStatus
}

/** With every code that a caller may meet. */
function problemSchema(schemas: Json): Json {
  const reference = schemaObject(problem, 'output', schemas)
  const { properties } = schemas['Problem'] as { readonly properties: { readonly code: Json } }
  properties.code['enum'] = Object.keys(PROBLEMS).toSorted()
  return reference
}

/** One that is there, by what it commands; printing it changes nothing. */
const changesOrder = ({ method, path }: Operation): boolean =>
  method !== 'GET' &&
  /(\/orders\/\{id\}|conflicts\/\{id\}\/settle)/.test(path) &&
  !path.endsWith('/receipt')

const IDEMPOTENCY_KEY: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'A repeat under the same key changes nothing and answers as things are now, also after a restart. A refused request binds no key.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
}

const IF_MATCH: Json = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The version that the caller has seen of the order: "7".',
  schema: { type: 'string' },
}

const APPROVAL_WORDS = {
  always: ' A cashier needs a manager’s approval: see `POST /api/v1/approvals`.',
  sometimes:
    ' A cashier may need a manager’s approval: the answer is 403 with `approval_required` then. See `POST /api/v1/approvals`.',
}

const APPROVAL_HEADER: Json = {
  name: 'Approval',
  in: 'header',
  required: false,
  description:
    'The id of an approval that a manager gave for this command on this order; at the centre, a token of the store that a manager has.',
  schema: { type: 'string', minLength: 1, maxLength: 120 },
}

function parametersIn(
  place: 'path' | 'query',
  schema: z.ZodType | undefined,
  schemas: Json,
): Json[] {
  if (schema === undefined) return []
  const { properties = {}, required = [] } = schemaObject(schema, 'input', schemas) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...property }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema: property,
  }))
}

/** Named schemas move to the document's components; in requests they get names of their own. */
function schemaObject(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const {
    $schema: _,
    $defs = {},
    ...rest
  } = z.toJSONSchema(schema, { io }) as Json & {
    $defs?: Record<string, Json>
  }
  const nameOf = (id: string): string => (io === 'input' ? `${id}Input` : id)
  const moved = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value).replaceAll(
        /"#\/\$defs\/([^"]+)"/g,
        (_match, id: string) => `"#/components/schemas/${nameOf(id)}"`,
      ),
    )
  for (const [id, definition] of Object.entries($defs)) {
    const { id: _id, ...shape } = definition
    schemas[nameOf(id)] = moved(shape)
  }
  return moved(rest) as Json
}
