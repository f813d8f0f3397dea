/** What is wrong at one place of a menu file, and what would be right. */
export interface MenuFault {
  /** Both count from 1; a column counts characters, not bytes. */
  readonly line: number
  readonly column: number
  readonly message: string
}

/** So many faults are told at once; a person mends these and tries again. */
export const MAX_FAULTS = 20

/** `offset` counts UTF-16 units, as JavaScript's strings do. */
export function faultAt(text: string, offset: number, message: string): MenuFault {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/)
  const lastLine = before.at(-1) ?? ''
  return { line: before.length, column: [...lastLine].length + 1, message }
}

/** Collects faults by their offset and gives them in the order of the file. */
export function createFaultList(text: string) {
  const found: { offset: number; message: string }[] = []
  return {
    add: (offset: number, message: string): void => {
      found.push({ offset, message })
    },
    isEmpty: (): boolean => found.length === 0,
    faults: (): readonly MenuFault[] =>
      found
        .toSorted((a, b) => a.offset - b.offset)
        .slice(0, MAX_FAULTS)
        .map(({ offset, message }) => faultAt(text, offset, message)),
  }
}
export type FaultList = ReturnType<typeof createFaultList>
