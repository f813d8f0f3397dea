import { ok, refuse, type Result } from '../../domain/result.ts'

/**
 * `JSON.parse` tells neither where a value stood nor, for most mistakes, where the text went wrong,
 * and it lets the second of two equal keys win in silence. This reads the same grammar (RFC 8259)
 * for the places alone; the values stay `JSON.parse`'s business.
 */
export interface JsonPlace {
  /** Offset of the value's first character. */
  readonly start: number
  readonly members?: ReadonlyMap<string, { readonly keyStart: number; readonly place: JsonPlace }>
  readonly elements?: readonly JsonPlace[]
}

export interface JsonFault {
  readonly offset: number
  readonly message: string
}

/** A menu nests five deep; the bound keeps a hostile file from exhausting the call stack. */
const MAX_DEPTH = 32
const WHITESPACE = /[ \t\r\n]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** Thrown and caught in this file only: it unwinds the recursion. */
class Stop {
  readonly fault: JsonFault
  constructor(fault: JsonFault) {
    this.fault = fault
  }
}

export function locateJson(text: string): Result<JsonPlace, JsonFault> {
  try {
    return ok(readDocument(text))
  } catch (error) {
    if (error instanceof Stop) return refuse(error.fault)
    throw error
  }
}

function readDocument(text: string): JsonPlace {
  let at = 0
  const stop = (offset: number, message: string): never => {
    throw new Stop({ offset, message })
  }
  const found = (): string => (at >= text.length ? 'the file ends' : `there is ${quoted(text, at)}`)
  const skip = (pattern: RegExp): boolean => {
    pattern.lastIndex = at
    if (!pattern.test(text)) return false
    at = pattern.lastIndex
    return true
  }
  const peek = (): string => {
    skip(WHITESPACE)
    return text.charAt(at)
  }

  function value(depth: number): JsonPlace {
    const start = (peek(), at)
    if (depth > MAX_DEPTH) stop(at, `this is nested more than ${MAX_DEPTH} deep`)
    const first = text.charAt(at)
    if (first === '{') return { start, members: members(depth) }
    if (first === '[') return { start, elements: elements(depth) }
    if (first === '"') string()
    else if (!skip(NUMBER) && !skip(WORD))
      stop(at, `here a JSON value should stand, but ${found()}`)
    return { start }
  }

  function members(depth: number) {
    const all = new Map<string, { keyStart: number; place: JsonPlace }>()
    at += 1
    if (peek() === '}') {
      at += 1
      return all
    }
    do {
      if (peek() !== '"') stop(at, `here a key in double quotes should stand, but ${found()}`)
      const keyStart = at
      const key = string()
      if (all.has(key)) stop(keyStart, `the key "${key}" stands twice in this object; keep one`)
      if (peek() !== ':') stop(at, `a colon should follow the key "${key}", but ${found()}`)
      at += 1
      all.set(key, { keyStart, place: value(depth + 1) })
    } while (another('}'))
    return all
  }

  function elements(depth: number) {
    const all: JsonPlace[] = []
    at += 1
    if (peek() === ']') {
      at += 1
      return all
    }
    do all.push(value(depth + 1))
    while (another(']'))
    return all
  }

  function another(closing: string): boolean {
    const next = peek()
    if (next !== ',' && next !== closing) {
      stop(at, `here a comma or "${closing}" should stand, but ${found()}`)
    }
    const comma = at
    at += 1
    if (next === ',' && peek() === closing)
      stop(comma, `remove this comma: "${closing}" follows it`)
    return next === ','
  }

  function string(): string {
    const start = at
    at += 1
    for (;;) {
      const code = text.charCodeAt(at)
      if (Number.isNaN(code)) stop(start, 'this text has no closing double quote')
      if (code === 0x22) break
      if (code === 0x5c) {
        if (!skip(ESCAPE)) stop(at, 'a backslash begins an escape such as \\" \\\\ \\n or \\u00e9')
      } else if (code < 0x20) {
        stop(
          at,
          'a text in double quotes goes on one line; write \\n for a new line, \\t for a tab',
        )
      } else at += 1
    }
    at += 1
    return JSON.parse(text.slice(start, at)) as string
  }

  const root = value(0)
  peek()
  if (at < text.length) stop(at, `the file should end here, but ${found()}`)
  return root
}

const quoted = (text: string, at: number): string =>
  JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))
