import { z } from 'zod'
import type { JsonPlace } from './json-places.ts'
import { EXPECTED, menuFileSchema } from './json-schema.ts'
import { createFaultList } from './menu-fault.ts'

type Path = readonly PropertyKey[]
type Issue = z.core.$ZodIssue

/** Faults of a JSON file by the path of the value, told at the place where that value stands. */
export function createJsonFaults(text: string, root: JsonPlace) {
  const list = createFaultList(text)

  const addIssue = (issue: Issue): void => {
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(issue.path).join(', ')
      for (const key of issue.keys) {
        const offset = memberOf(placeAt(root, issue.path), key)?.keyStart ?? 0
        list.add(offset, `the key "${key}" is not known here; known are: ${known}`)
      }
      return
    }
    const missing = isMissing(root, issue.path)
    const expected = expectedAt(issue)
    list.add(
      placeAt(root, issue.path).start,
      missing
        ? `"${String(issue.path.at(-1))}" is missing here; it should be ${expected}`
        : `${nameOf(issue.path)} should be ${expected}`,
    )
  }

  return {
    addIssue,
    add: (path: Path, message: string): void => list.add(placeAt(root, path).start, message),
    isEmpty: list.isEmpty,
    faults: list.faults,
  }
}
export type JsonFaults = ReturnType<typeof createJsonFaults>

const memberOf = (place: JsonPlace, key: PropertyKey) => place.members?.get(String(key))

const childOf = (place: JsonPlace, key: PropertyKey): JsonPlace | undefined =>
  typeof key === 'number' ? place.elements?.[key] : memberOf(place, key)?.place

/** Where the value stands, or the innermost thing around it where it is missing. */
function placeAt(root: JsonPlace, path: Path): JsonPlace {
  let place = root
  for (const key of path) place = childOf(place, key) ?? place
  return place
}

function isMissing(root: JsonPlace, path: Path): boolean {
  const last = path.at(-1)
  return last !== undefined && childOf(placeAt(root, path.slice(0, -1)), last) === undefined
}

function expectedAt(issue: Issue): string {
  const schema = schemaAt(issue.path)
  if (schema instanceof z.ZodObject) return 'an object in braces'
  const [section, , list] = issue.path
  if (section === 'items' && list === 'modifier_groups') {
    return issue.path.length === 3
      ? "a list of at most 20 modifier groups' ids"
      : "a modifier group's id"
  }
  const key = issue.path.at(-1)
  const told = typeof key === 'string' ? EXPECTED[key] : undefined
  if (told !== undefined) return told
  return schema instanceof z.ZodArray ? 'a list in brackets' : issue.message
}

const nameOf = (path: Path): string =>
  path.length === 0
    ? 'the file'
    : path
        .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
        .join('')
        .slice(1)

const keysAt = (path: Path): string[] => {
  const schema = schemaAt(path)
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

/** The part of the file's schema that a path leads to. */
function schemaAt(path: Path): unknown {
  let schema: unknown = menuFileSchema
  for (const key of path) {
    if (schema instanceof z.ZodArray) schema = schema.element
    else if (schema instanceof z.ZodObject) schema = schema.shape[String(key)]
    while (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable)
      schema = schema.unwrap()
  }
  return schema
}
