import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { ApiDocument, DocumentedOperation } from './document.ts'

export interface Answered {
  readonly status: number
  readonly type: string
  readonly text: string
  /** Of the header of that name. */
  readonly location?: string
}

/** What is wrong with an answer by the document; null: nothing. */
export type Oracle = (operation: DocumentedOperation, answer: Answered) => string | null

const PROBLEM = 'application/problem+json'

/** Judges answers by the document that the device itself gives out, with a validator not of our own. */
export function createOracle({ raw, operations }: ApiDocument): Oracle {
  const ajv = new Ajv2020({ strict: false, inlineRefs: false, code: { optimize: false } })
  // The package is CommonJS, and its types say so in another way than Node does.
  ;(addFormats as unknown as (ajv: Ajv2020) => void)(ajv)
  ajv.addSchema({ ...raw, $id: 'api' })
  const known = new Set(operations.map(({ id }) => id))
  const validators = new Map<string, ValidateFunction>()
  /** Answers that were found right before, a list of the menu say, are not looked at again. */
  const right = new Set<string>()

  function validatorOf(
    operation: DocumentedOperation,
    status: string,
    type: string,
  ): ValidateFunction {
    const pointer = ['paths', operation.path, operation.method.toLowerCase(), 'responses', status]
    const steps = [...pointer, 'content', type, 'schema'].map((step) =>
      encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')),
    )
    const $ref = `api#/${steps.join('/')}`
    const compiled = validators.get($ref) ?? ajv.compile({ $ref })
    validators.set($ref, compiled)
    return compiled
  }

  return (operation, { status, type: header, text }) => {
    if (!known.has(operation.id)) return `the document has no operation ${operation.id}`
    if (status >= 500) return `answers ${status}`
    const type = header.split(';', 1)[0] ?? ''
    const named = String(status) in operation.answers ? String(status) : 'default'
    if (named === 'default' && status < 400) return `the document knows no answer ${status}`
    const types = operation.answers[named] ?? {}
    if (!Object.keys(types).some((one) => one.split(';', 1)[0] === type))
      return `answers ${status} as ${header || 'nothing'}`
    if (!type.endsWith('json')) return null
    const key = `${operation.id} ${status} ${text}`
    if (right.has(key)) return null
    const body = parse(text)
    if (body === undefined) return `answers ${status} with what is no JSON`
    const validate = validatorOf(operation, named, type)
    if (!validate(body)) {
      const [error] = validate.errors ?? []
      return `answers ${status} off its schema: ${error?.instancePath ?? ''} ${error?.message ?? ''}`
    }
    if (type === PROBLEM && (body as { status?: unknown }).status !== status) {
      return `answers ${status} and says another status`
    }
    if (right.size < 50_000 && text.length < 20_000) right.add(key)
    return null
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
