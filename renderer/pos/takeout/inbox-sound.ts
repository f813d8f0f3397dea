/** Two rising notes. A browser that was never touched stays silent; the badge is there all the same. */

const NOTES_HZ = [660, 880] as const
const NOTE_SECONDS = 0.18
const LOUDNESS = 0.25

let context: AudioContext | null = null

export function ringInbox(): void {
  if (typeof AudioContext === 'undefined' || !navigator.userActivation.hasBeenActive) return
  context ??= new AudioContext()
  const startsAt = context.currentTime
  for (const [place, hertz] of NOTES_HZ.entries()) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = hertz
    volume.gain.value = LOUDNESS
    tone.connect(volume).connect(context.destination)
    tone.start(startsAt + place * NOTE_SECONDS)
    tone.stop(startsAt + (place + 1) * NOTE_SECONDS)
  }
}
