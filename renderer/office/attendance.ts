/**
 * Whether somebody is at this page. One that nobody touches stops asking after a while, so that a
 * session left alone comes to its end, and says how old its numbers are.
 */
const UNATTENDED_AFTER_MS = 15 * 60_000

let touchedAtMs = Date.now()

export function watchAttendance() {
  const touch = () => {
    touchedAtMs = Date.now()
  }
  for (const kind of ['pointerdown', 'pointermove', 'keydown', 'wheel']) {
    window.addEventListener(kind, touch, { passive: true })
  }
}

export const isAttended = (): boolean => Date.now() - touchedAtMs < UNATTENDED_AFTER_MS
