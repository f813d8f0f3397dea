import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { lazy } from './lazy.ts'
import { openApiDocument } from './openapi.ts'
import { PROBLEMS } from './problems.ts'
import type { Operation } from './route.ts'
import { membersOf, typeText, type Member } from './type-text.ts'

interface DocsPage {
  readonly html: string
  /** Nothing from anywhere: the page's own style, and no script at all. */
  readonly contentSecurityPolicy: string
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; --line: #8884; --soft: #8881 }
body { max-width: 64rem; margin: 0 auto; padding: 1rem 1.5rem 4rem }
h2 { margin-top: 2.5rem }
h3 { margin: 2rem 0 .5rem; text-transform: capitalize }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0 }
summary { cursor: pointer; padding: .625rem .875rem; display: grid; grid-template-columns: 4.5rem 1fr; gap: 0 .75rem }
summary > span { grid-column: 2; opacity: .75 }
details[open] > summary { border-bottom: 1px solid var(--line) }
.in { padding: .25rem .875rem .875rem; overflow-x: auto }
code { font-family: ui-monospace, monospace; font-size: .875rem; overflow-wrap: anywhere }
td code, p code { background: var(--soft); border-radius: .25rem; padding: 0 .25rem }
.verb { font: 700 .75rem/1.5rem ui-monospace, monospace; text-align: center; color: #fff; border-radius: .25rem; height: 1.5rem }
.GET { background: #1d5fa8 } .POST { background: #1f7a3d } .PUT { background: #8a5a00 } .DELETE { background: #a82a2a }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; vertical-align: top; padding: .375rem .75rem .375rem 0; border-bottom: 1px solid var(--line) }
td:first-child { white-space: nowrap }
`

type Json = { readonly [member: string]: unknown }

export function serveDocs(app: FastifyInstance, operations: readonly Operation[]): void {
  const page = lazy(() => docsPage(openApiDocument(operations), operations))
  app.get('/docs', (_request, reply) => {
    const { html, contentSecurityPolicy } = page()
    return reply
      .header('content-security-policy', contentSecurityPolicy)
      .header('x-content-type-options', 'nosniff')
      .type('text/html; charset=utf-8')
      .send(html)
  })
}

/** The document as a page that reads without a network and without scripts. */
function docsPage(document: Json, operations: readonly Operation[]): DocsPage {
  const paths = document['paths'] as Record<string, Record<string, Json>>
  const { schemas } = document['components'] as { readonly schemas: Record<string, Json> }
  const bySection = Map.groupBy(operations, sectionOf)
  const sections = [...bySection].map(([name, list]) => {
    const described = list.map((operation) =>
      operationHtml(operation, paths[operation.path]?.[operation.method.toLowerCase()] ?? {}),
    )
    return `<h3 id="${name}">${escape(name.replaceAll('-', ' '))}</h3>\n${described.join('\n')}`
  })
  const links = [...bySection.keys()].map((name) => `<a href="#${name}">${escape(name)}</a>`)
  const problems = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escape(title)}</td></tr>`,
  )
  const components = Object.entries(schemas).map(([name, schema]) => schemaHtml(name, schema))
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>AuraConnect POS API</title><style>${STYLE}</style></head>
<body>
<h1>AuraConnect POS API</h1>
<p>Rendered from <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>. Send
<code>Authorization: Bearer …</code> with every call; <code>aura token</code> draws one. Money is in minor
units, times are in UTC, and a refusal has a <code>code</code> to decide by.</p>
<nav>${links.join('\n')}<a href="#problems">problem codes</a><a href="#schemas">schemas</a></nav>
<h2>Operations</h2>
${sections.join('\n')}
<h2 id="problems">Problem codes</h2>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>
${problems.join('\n')}
</tbody></table>
<h2 id="schemas">Schemas</h2>
${components.join('\n')}
</body>
</html>
`
  const hash = createHash('sha256').update(STYLE).digest('base64')
  const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
  return { html, contentSecurityPolicy }
}

/** What stands after `/api/v1/`. */
export const sectionOf = ({ path }: Pick<Operation, 'path'>): string =>
  /^\/api\/v1\/([\w-]+)/.exec(path)?.[1] ?? path.split('/')[1] ?? ''

function operationHtml({ method, path, summary, roles }: Operation, described: Json): string {
  const parameters = (described['parameters'] ?? []) as readonly Json[]
  const body = described['requestBody'] as
    | { readonly required: boolean; readonly content: Record<string, { readonly schema: Json }> }
    | undefined
  const asked = parameters.map(
    ({ name, in: place, required, schema, description }): Member & { readonly place: string } => ({
      name: String(name),
      place: String(place),
      type: typeText(schema as Json),
      isRequired: required === true,
      description: `In the ${String(place)}. ${typeof description === 'string' ? description : ''}`,
    }),
  )
  const answers = Object.entries(described['responses'] as Record<string, Json>).map(
    ([status, { description, content = {} }]) => {
      const types = Object.entries(content as Record<string, { readonly schema: Json }>).map(
        ([type, { schema }]) =>
          type === 'application/json' ? marked(typeText(schema)) : `<code>${escape(type)}</code>`,
      )
      return `<tr><td><code>${status}</code></td><td>${types.join('<br>')}</td><td>${marked(String(description))}</td></tr>`
    },
  )
  const parts = [
    `<p>May be called by: ${escape(roles?.join(', ') ?? 'anyone, without a token')}.</p>`,
    ...(asked.length > 0 ? [`<h4>Parameters</h4>${memberTable(asked)}`] : []),
    ...(body ? [`<h4>Body</h4>${shapeHtml(body.content['application/json']?.schema ?? {})}`] : []),
    `<h4>Answers</h4><table><tbody>${answers.join('\n')}</tbody></table>`,
  ]
  return `<details><summary><b class="verb ${method}">${method}</b><code>${escape(path)}</code><span>${marked(summary)}</span></summary>
<div class="in">${parts.join('\n')}</div></details>`
}

const schemaHtml = (name: string, schema: Json): string =>
  `<details><summary><b></b><code>${escape(name)}</code></summary><div class="in" id="${name.toLowerCase()}">${shapeHtml(schema)}</div></details>`

function shapeHtml(schema: Json): string {
  const about = schema['description']
  const words = typeof about === 'string' ? `<p>${marked(about)}</p>` : ''
  const members = membersOf(schema)
  return words + (members.length > 0 ? memberTable(members) : `<p>${marked(typeText(schema))}</p>`)
}

function memberTable(members: readonly Member[]): string {
  const rows = members.map(
    ({ name, type, isRequired, description }) =>
      `<tr><td><code>${escape(name)}</code>${isRequired ? '' : '<br><small>optional</small>'}</td><td>${marked(type)}</td><td>${marked(description)}</td></tr>`,
  )
  return `<table><tbody>${rows.join('\n')}</tbody></table>`
}

/** The little Markdown there is: code, and links within this page. */
const marked = (text: string): string =>
  escape(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\[(\w+)\]\(#(\w+)\)/g, '<a href="#$2">$1</a>')

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
