/**
 * Reads an expression of Prometheus as far as ours go: selectors with ranges, functions, aggregations,
 * binary operators with their matching. It throws at what it cannot read; what it answers is what the
 * expression asks for. It does not know types: rate() of a vector without a range passes.
 */
export interface PromSelector {
  readonly metric: string
  /** Labels that it names, with what each is compared to. */
  readonly matchers: readonly { readonly label: string; readonly value: string }[]
}

export function selectorsOf(expression: string): PromSelector[] {
  const tokens = tokenise(expression)
  const found: PromSelector[] = []
  let at = 0

  const peek = (): string => tokens[at] ?? ''
  function take(expected?: string): string {
    const token = peek()
    if (token === '' || (expected !== undefined && token !== expected)) {
      throw new Error(`${expected ?? 'something'} expected, not "${token}", in ${expression}`)
    }
    at += 1
    return token
  }
  const takeIf = (token: string): boolean => {
    if (peek() !== token) return false
    at += 1
    return true
  }

  function binary(): void {
    unary()
    while (OPERATORS.has(peek())) {
      at += 1
      takeIf('bool')
      if (takeIf('on') || takeIf('ignoring')) names()
      if (takeIf('group_left') || takeIf('group_right')) names()
      unary()
    }
  }

  function unary(): void {
    if (takeIf('-')) return unary()
    if (takeIf('(')) {
      binary()
      take(')')
    } else if (/^[0-9.]/.test(peek()) || peek().startsWith('"')) at += 1
    else named()
    if (takeIf('[')) {
      if (!/^\d+(ms|[smhdwy])$/.test(take())) throw new Error(`no range in ${expression}`)
      take(']')
    }
  }

  function named(): void {
    const name = take()
    if (!/^[a-zA-Z_:][\w:]*$/.test(name)) throw new Error(`"${name}" is no name, in ${expression}`)
    if (AGGREGATIONS.has(name)) {
      const isGrouped = grouping()
      parameters()
      if (!isGrouped) grouping()
    } else if (FUNCTIONS.has(name)) parameters()
    else if (peek() === '(') throw new Error(`There is no function ${name}, in ${expression}`)
    else found.push({ metric: name, matchers: peek() === '{' ? matchers() : [] })
  }

  function grouping(): boolean {
    const isThere = takeIf('by') || takeIf('without')
    if (isThere) names()
    return isThere
  }

  function names(): void {
    take('(')
    while (!takeIf(')')) {
      take()
      takeIf(',')
    }
  }

  function parameters(): void {
    take('(')
    do binary()
    while (takeIf(','))
    take(')')
  }

  function matchers(): PromSelector['matchers'] {
    const read: { label: string; value: string }[] = []
    take('{')
    while (!takeIf('}')) {
      const label = take()
      if (!['=', '!=', '=~', '!~'].includes(take())) throw new Error(`no matcher in ${expression}`)
      read.push({ label, value: JSON.parse(take()) as string })
      takeIf(',')
    }
    return read
  }

  binary()
  if (at < tokens.length) throw new Error(`"${peek()}" is one too many in ${expression}`)
  return found
}

const TOKEN =
  /\s*([a-zA-Z_:][\w:]*|\d+(?:ms|[smhdwy])\b|\d[\d.]*(?:e[+-]?\d+)?|"(?:[^"\\]|\\.)*"|=~|!~|!=|==|>=|<=|[-+*/%^<>=(){}[\],])/y

function tokenise(expression: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  const text = expression.trimEnd()
  while (TOKEN.lastIndex < text.length) {
    const from = TOKEN.lastIndex
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined) throw new Error(`"${text.slice(from)}" cannot be read`)
    tokens.push(token)
  }
  return tokens
}

const OPERATORS = new Set('+ - * / % ^ == != > < >= <= and or unless'.split(' '))
const AGGREGATIONS = new Set('sum min max avg count quantile topk bottomk'.split(' '))
const FUNCTIONS = new Set(
  'rate increase irate abs histogram_quantile clamp_min clamp_max time absent'.split(' '),
)
