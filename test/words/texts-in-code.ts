import { parseSync } from 'vite'

/**
 * Finds texts for people that stand in a screen's code instead of renderer/words: what JSX shows, and
 * strings that read like words. What a program says to programmers may stay.
 */
export function textsInCode(path: string, code: string): string[] {
  const { program, errors } = parseSync(path, code)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message ?? ''}`)
  const found: string[] = []
  walk(program as unknown as Node, found)
  return found
}

interface Node {
  readonly type: string
  readonly [part: string]: unknown
}

/** Names of keys and of tags are no words for people. */
const NO_TEXT =
  /^(Escape|Enter|Backspace|Delete|Tab|Arrow\w+|Home|End|Page(Up|Down)|Intl|AuraConnect|[A-Z]{3,4}|\(.*)$/
const READS_LIKE_TEXT =
  /^\p{Lu}[\p{L}’]+[.…:?!]?$|\p{L}[,.:;]? \p{L}{2,}|\p{L}{2,} \p{L}|^ \p{L}|\p{L} $/u
const LETTERS = /\p{L}{2,}/u
/** Attributes that are shown to nobody. */
const UNSEEN =
  /^(className|id|role|type|key|kind|name|d|viewBox|transform|stroke\w*|fill|href|rel|autoComplete|inputMode|data-.*|aria-(hidden|live|labelledby|describedby|controls))$/
/** Calls whose words are for whoever mends the program. */
const FOR_PROGRAMMERS = /^(assert|Error|TypeError)$/

function walk(node: Node, found: string[]) {
  switch (node.type) {
    case 'JSXText':
      if (LETTERS.test(String(node['value']))) found.push(String(node['value']).trim())
      return
    case 'JSXAttribute': {
      const name = nameOf(node['name'])
      if (UNSEEN.test(name)) return
      break
    }
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
      if (node['source'] != null) return
      break
    case 'TSLiteralType':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
      return
    case 'NewExpression':
    case 'CallExpression':
      if (FOR_PROGRAMMERS.test(nameOf(node['callee']))) return
      break
    case 'MemberExpression':
      // styles['open sheet'] and the like.
      if (node['computed'] === true && (node['property'] as Node).type === 'Literal') {
        walk(node['object'] as Node, found)
        return
      }
      break
    case 'Literal':
    case 'TemplateElement': {
      const value = node.type === 'Literal' ? node['value'] : (node['value'] as Node)['cooked']
      if (typeof value !== 'string' || NO_TEXT.test(value)) return
      if (READS_LIKE_TEXT.test(value)) found.push(value)
      return
    }
  }
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) if (isNode(child)) walk(child, found)
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const nameOf = (node: unknown): string =>
  isNode(node) && typeof node['name'] === 'string' ? node['name'] : ''
