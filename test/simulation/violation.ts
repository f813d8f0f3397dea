/** A promise of the design that a run has broken. `rule` is its number in DESIGN.md. */
export class Violation extends Error {
  readonly rule: string
  constructor(rule: string, what: string) {
    super(`[${rule}] ${what}`)
    this.rule = rule
  }
}

export function hold(rule: string, condition: boolean, what: () => string): void {
  if (!condition) throw new Violation(rule, what())
}
