import type { z } from 'zod'
import { ok, refuse, type Result } from '../../domain/result.ts'
import { problemOf, type FieldError, type Problem } from './problems.ts'

/** Parses a part of a request with its schema, once, at the door. */
export function readInput(schema: z.ZodType | undefined, value: unknown): Result<unknown, Problem> {
  if (schema === undefined) return ok(undefined)
  const parsed = schema.safeParse(value)
  return parsed.success ? ok(parsed.data) : refuse(validationProblem(parsed.error))
}

export function validationProblem(error: z.ZodError): Problem {
  const errors: FieldError[] = error.issues.flatMap(fieldErrors)
  const [first] = errors
  const where = first?.path ? `${first.path}: ` : ''
  const rest = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  return problemOf('validation_failed', `${where}${first?.message ?? 'Invalid input'}${rest}`, {
    errors,
  })
}

/** Of a union's faults those of its nearest branch are told: the furthest in, then the fewest. */
function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const path = issue.path.map(String)
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = issue.errors.toSorted(
      (a, b) => deepest(b) - deepest(a) || a.length - b.length,
    )[0]
    return (nearest ?? []).flatMap((inner) =>
      fieldErrors({ ...inner, path: [...issue.path, ...inner.path] }),
    )
  }
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      message: 'Unrecognized member',
    }))
  }
  return [{ path: path.join('.'), message: issue.message }]
}

const deepest = (issues: readonly z.core.$ZodIssue[]): number =>
  Math.max(0, ...issues.map((issue) => issue.path.length))
