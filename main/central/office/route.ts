import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { OfficeSession } from '../../../db/postgres/office/sessions.ts'
import type { Result } from '../../../domain/result.ts'
import type { OfficeRole } from '../../../protocol/office/session.ts'
import type { FieldError } from '../../api/problems.ts'
import type { Problem } from '../problem.ts'

/** One endpoint of the back office: who may ask, what is read, and what it does. */
export interface OfficeRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With parameters in braces; `store_id` among them has to be one of the user's stores. */
  readonly path: string
  /** Null: whoever asks, signed in or not. */
  readonly roles: readonly OfficeRole[] | null
  readonly params?: z.ZodType
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  handle(call: OfficeCall<unknown, unknown, unknown>): Promise<OfficeOutcome>
}

export interface OfficeCall<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly session: OfficeSession
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

export type OfficeOutcome = Result<OfficeAnswer, OfficeProblem>

export interface OfficeAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Absent: there is nothing to say. */
  readonly body?: unknown
  /** Of a file: what it is, its name, and its text, piece by piece. */
  readonly file?: OfficeFile
}

export interface OfficeFile {
  readonly type: string
  readonly name: string
  readonly text: AsyncIterable<string>
}

export interface OfficeProblem extends Problem {
  readonly errors?: readonly FieldError[]
  readonly retryAfterSeconds?: number
}

type Output<S> = S extends z.ZodType ? z.output<S> : undefined

interface TypedRoute<
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
> extends Omit<OfficeRoute, 'params' | 'query' | 'body' | 'handle'> {
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly handle: (call: OfficeCall<Output<P>, Output<Q>, Output<B>>) => Promise<OfficeOutcome>
}

/** Ties a handler's input to the schemas beside it. */
export const officeRoute = <
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  typed: TypedRoute<P, Q, B>,
): OfficeRoute => typed as unknown as OfficeRoute
