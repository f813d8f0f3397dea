/** Where the carriers say what happened. One object a line is what main makes of it. */
export interface Logger {
  readonly info: (message: string, details?: LogDetails) => void
  readonly warn: (message: string, details?: LogDetails) => void
  readonly error: (message: string, details?: LogDetails) => void
}
export type LogDetails = Readonly<Record<string, unknown>>

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
