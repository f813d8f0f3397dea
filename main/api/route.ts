import type { z } from 'zod'
import type { Role } from '../../domain/catalog.ts'
import type { Approvable } from '../../domain/approvals.ts'
import type { Taken } from '../approvals.ts'
import type { Result } from '../../domain/result.ts'
import type { Problem } from './problems.ts'
import type { MaybePromise, RestStore } from './rest-store.ts'

/**
 * One endpoint: what the document says of it, what the door checks, and what it does. All three come
 * from here, so they cannot differ.
 */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With parameters in braces, as OpenAPI writes them. */
  readonly path: string
  readonly operationId: string
  readonly summary: string
  /** Null: whoever asks, without a token. */
  readonly roles: readonly Role[] | null
  /** A cashier needs a manager's approval for it, always or by what the order is like (rule A3). */
  readonly approval?: 'sometimes' | 'always'
  readonly params?: z.ZodType
  readonly query: z.ZodType
  /** Absent: a body is not read. */
  readonly body?: z.ZodType
  readonly answer: DocumentedAnswer
  /** What it answers at times instead, and is no problem. */
  readonly otherAnswers?: readonly DocumentedAnswer[]
}

export interface DocumentedAnswer {
  readonly status: number
  readonly schema: z.ZodType
  /** Absent: JSON. */
  readonly type?: string
  readonly when?: string
}

export interface Route extends Operation {
  handle(call: Call<unknown, unknown, unknown>): MaybePromise<Outcome<unknown>>
}

export type Outcome<A> = Result<Answer<A>, Problem>

export interface Answer<A> {
  readonly body: A
  /** Where it is not the operation's. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** The media type, where it is not the operation's. */
  readonly type?: string
}

/** Who asks, as the token says. */
export interface Caller {
  readonly role: Role
  /** What the log will name. */
  readonly actor: string
  /** Tells callers apart without holding their secret. */
  readonly tokenHash: string
}

/** A request that has passed the door. */
export interface Call<P, Q, B> {
  /** The one that the caller may ask. */
  readonly store: RestStore
  readonly caller: Caller
  readonly params: P
  readonly query: Q
  readonly body: B
  /** The body as it came, before its schema read it. */
  readonly given: unknown
  readonly at: string
  /** The same for each repeat under one `Idempotency-Key` (rule L5). */
  readonly commandId: string
  /** The log holds this very command already. */
  readonly isRepeat: boolean
  readonly newOrderId: string
  /** The approval that the header names, if it is for this; it is used up unless put back. */
  readonly takeApproval: (command: Approvable, orderId: string | null) => Taken | null
  /** From `If-Match`. */
  readonly expectedVersion: number | undefined
}

type Output<S> = S extends z.ZodType ? z.output<S> : undefined

interface TypedRoute<
  P extends z.ZodType | undefined,
  Q extends z.ZodType,
  B extends z.ZodType | undefined,
  A extends z.ZodType,
> extends Omit<Operation, 'params' | 'query' | 'body' | 'answer'> {
  readonly params?: P
  readonly query: Q
  readonly body?: B
  readonly answer: { readonly status: number; readonly schema: A; readonly type?: string }
  readonly handle: (
    call: Call<Output<P>, z.output<Q>, Output<B>>,
  ) => MaybePromise<Outcome<z.output<A>>>
}

/** Ties a handler's input and answer to the schemas beside it. */
export const route = <
  Q extends z.ZodType,
  A extends z.ZodType,
  P extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  typed: TypedRoute<P, Q, B, A>,
): Route => typed as unknown as Route
