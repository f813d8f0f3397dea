/** Who belongs to the store, as far as this device knows now. The roster is part of the log. */
export interface Membership {
  readonly isMember: (deviceId: string) => boolean
  /** Told when somebody joined or was removed. Returns the end of it. */
  readonly onChange: (listener: () => void) => () => void
}
