import { sectionOf } from '../../main/api/docs-page.ts'
import { PROBLEMS } from '../../main/api/problems.ts'
import { readDocument, type DocumentedOperation, type Schema } from '../fuzz/document.ts'
import { membersOf, typeText, type Member } from '../../main/api/type-text.ts'

/** docs/api-reference.md: the OpenAPI document as people read it. */
export function apiReference(raw: Schema): string {
  const { operations, schemas } = readDocument(raw)
  const paths = raw['paths'] as Record<string, Record<string, { summary: string }>>
  const bySection = Map.groupBy(operations, sectionOf)
  const sections = [...bySection].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const parts = [
    HEAD,
    '## Operations',
    ...sections.map(([section, list]) =>
      [
        `### ${section}`,
        ...list.map((operation) =>
          operationText(
            operation,
            paths[operation.path]?.[operation.method.toLowerCase()]?.summary ?? '',
          ),
        ),
      ].join('\n\n'),
    ),
    '## Problem codes',
    problemTable(),
    '## Schemas',
    ...Object.entries(schemas)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => schemaText(name, schema)),
  ]
  return `${parts.join('\n\n')}\n`
}

const HEAD = `# API reference

This page is written by \`npm run docs\` from the OpenAPI document, which every device serves at
\`/api/v1/openapi.json\` and shows at \`/docs\`; a test says when it is out of date. The centre serves the
same for every store that has enrolled, but for the drawer, printers, jobs, webhooks and the feed of events,
which belong to a device.

- \`Authorization: Bearer …\` with every call; \`aura token\` draws one. Each operation says which roles may call it.
- Times are ISO 8601 in UTC, money is \`{ "amount": 1250, "currency": "USD" }\` in minor units.
- Refusals are RFC 9457 \`application/problem+json\`: programs decide by \`code\`.
- Lists take \`limit\` and \`cursor\`; \`next_cursor\` is \`null\` on the last page.
- What changes something takes \`Idempotency-Key\`: a repeat changes nothing and answers as things are now.
- What changes an order takes \`If-Match\` with the version that was seen, and answers 412 where it has moved on.`

function operationText(operation: DocumentedOperation, summary: string): string {
  const { id, method, path, roles, parameters, body, answers } = operation
  const lines = [
    `#### \`${method} ${path}\``,
    `\`${id}\` · ${roles.length === 0 ? 'anyone, without a token' : roles.join(', ')}`,
    summary,
  ]
  if (parameters.length > 0) {
    lines.push(
      memberTable(
        'Parameter',
        parameters.map(({ name, place, required, description, schema }) => ({
          name,
          type: typeText(schema),
          isRequired: required,
          description: place === 'path' ? 'In the path.' : description,
        })),
      ),
    )
  }
  if (body !== null) lines.push(bodyText(body.schema, body.required))
  lines.push(`Answers ${Object.entries(answers).flatMap(answerTexts).join('; ')}.`)
  return lines.join('\n\n')
}

function bodyText(schema: Schema, isRequired: boolean): string {
  const members = membersOf(schema)
  const optional = isRequired ? '' : ' (may be left out)'
  return members.length === 0
    ? `Body${optional}: ${typeText(schema)}`
    : `Body${optional}:\n\n${memberTable('Member', members)}`
}

const answerTexts = ([status, types]: [string, Readonly<Record<string, Schema>>]): string[] =>
  status === 'default'
    ? []
    : Object.entries(types).map(([type, schema]) =>
        type === 'application/json' ? `${status}: ${typeText(schema, 2)}` : `${status}: ${type}`,
      )

function memberTable(head: string, members: readonly Member[]): string {
  const rows = members.map(
    ({ name, type, isRequired, description }) =>
      `| \`${name}\`${isRequired ? '' : '?'} | ${cell(type)} | ${cell(description)} |`,
  )
  return [`| ${head} | Type | |`, '|---|---|---|', ...rows].join('\n')
}

function schemaText(name: string, schema: Schema): string {
  const members = membersOf(schema)
  const about = typeof schema['description'] === 'string' ? `${schema['description']}\n\n` : ''
  const body = members.length === 0 ? typeText(schema) : memberTable('Member', members)
  return `### ${name}\n\n${about}${body}`
}

function problemTable(): string {
  const rows = Object.entries(PROBLEMS)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, { status, title }]) => `| \`${code}\` | ${status} | ${title} |`)
  return ['| Code | Status | Meaning |', '|---|---|---|', ...rows].join('\n')
}

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll('|', String.raw`\|`).replaceAll('\n', ' ')
