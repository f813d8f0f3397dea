/** What was looked at, in plain words; `todo` stands where something is wrong. */
export interface Finding {
  readonly check: string
  readonly isGood: boolean
  readonly says: string
  readonly todo?: string
}

export const good = (check: string, says: string): Finding => ({ check, isGood: true, says })

export const bad = (check: string, says: string, todo: string): Finding => ({
  check,
  isGood: false,
  says,
  todo,
})
