import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { openApiDocument } from './openapi.ts'
import { PROBLEMS } from './problems.ts'
import type { Operation } from './route.ts'

interface DocsPage {
  readonly html: string
  /** Nothing from anywhere: the page's own style, and no script at all. */
  readonly contentSecurityPolicy: string
}

const STYLE = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
body { max-width: 60rem; margin: 0 auto; padding: 1rem }
summary { cursor: pointer; padding: .5rem 0 }
code, pre { font-family: ui-monospace, monospace; font-size: .875rem }
pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; border-radius: .5rem }
td, th { text-align: left; padding: .125rem 1rem .125rem 0 }
`

type Json = { readonly [member: string]: unknown }

export function serveDocs(app: FastifyInstance, operations: readonly Operation[]): void {
  const { html, contentSecurityPolicy } = docsPage(openApiDocument(operations), operations)
  app.get('/docs', (_request, reply) =>
    reply
      .header('content-security-policy', contentSecurityPolicy)
      .header('x-content-type-options', 'nosniff')
      .type('text/html; charset=utf-8')
      .send(html),
  )
}

/** The document as a page that reads without a network and without scripts. */
function docsPage(document: Json, operations: readonly Operation[]): DocsPage {
  const paths = document['paths'] as Record<string, Record<string, Json>>
  const sections = operations.map((operation) => {
    const described = paths[operation.path]?.[operation.method.toLowerCase()] ?? {}
    const { parameters, requestBody, responses } = described
    const detail = JSON.stringify({ parameters, requestBody, responses }, null, 2)
    const roles = operation.roles?.join(', ') ?? 'anyone, without a token'
    return `<details><summary><code>${operation.method} ${escape(operation.path)}</code> ${escape(
      operation.summary,
    )}</summary><p>May be called by: ${escape(roles)}.</p><pre>${escape(detail)}</pre></details>`
  })
  const problems = Object.entries(PROBLEMS).map(
    ([code, { status, title }]) =>
      `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escape(title)}</td></tr>`,
  )
  const components = escape(JSON.stringify(document['components'], null, 2))
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>AuraConnect POS API</title><style>${STYLE}</style></head>
<body>
<h1>AuraConnect POS API</h1>
<p>Rendered from <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>. Send
<code>Authorization: Bearer …</code> with every call.</p>
<h2>Operations</h2>
${sections.join('\n')}
<h2>Problem codes</h2>
<table><thead><tr><th>Code</th><th>Status</th><th>Meaning</th></tr></thead><tbody>
${problems.join('\n')}
</tbody></table>
<h2>Components</h2>
<details><summary>All schemas</summary><pre>${components}</pre></details>
</body>
</html>
`
  const hash = createHash('sha256').update(STYLE).digest('base64')
  const contentSecurityPolicy = `default-src 'none'; style-src 'sha256-${hash}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
  return { html, contentSecurityPolicy }
}

const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
