import type { ParseArgsOptionsConfig } from 'node:util'

export type OptionValues = {
  readonly [name: string]: string | boolean | (string | boolean)[] | undefined
}

export interface Invocation {
  readonly values: OptionValues
  readonly positionals: readonly string[]
}

export interface Command {
  /** One or two words. */
  readonly name: string
  /** What it does: the first line stands in the overview. */
  readonly summary: string
  readonly options: ParseArgsOptionsConfig
  /** What an option's value looks like, for the usage line. */
  readonly values?: { readonly [option: string]: string }
  readonly required?: readonly string[]
  readonly positionals?: readonly string[]
  readonly run: (invocation: Invocation) => void | Promise<void>
}

/** Ends a command with one clear line: exit status 1, or 2 where it was called wrongly. */
export class CommandFailed extends Error {
  readonly isUsage: boolean
  constructor(message: string, isUsage = false) {
    super(message)
    this.isUsage = isUsage
  }
}

export const fail = (message: string): never => {
  throw new CommandFailed(message)
}

export const failUsage = (message: string): never => {
  throw new CommandFailed(message, true)
}

export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** For an option that `required` names: it is there, as a text. */
export function requiredText(values: OptionValues, name: string): string {
  return text(values, name) ?? failUsage(`--${name} is needed`)
}

export const textList = (values: OptionValues, name: string): string[] => {
  const value = values[name]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** A result for a person, or the same as JSON. */
export function print(values: OptionValues, result: unknown, forPeople: string): void {
  process.stdout.write(values['json'] === true ? `${JSON.stringify(result)}\n` : `${forPeople}\n`)
}
