import type { Volume } from './settings.ts'

/** Made by the browser itself: no file has to be loaded, and none can be missing. */
export type Sound = 'ticket' | 'change' | 'rush' | 'alarm'

interface Tone {
  readonly hz: number
  readonly fromMs: number
  readonly forMs: number
}

/** Told apart without looking: one bell, two falling, three fast ones, a low and long one. */
const TONES: Readonly<Record<Sound, readonly Tone[]>> = {
  ticket: [
    { hz: 880, fromMs: 0, forMs: 140 },
    { hz: 1_175, fromMs: 150, forMs: 220 },
  ],
  change: [
    { hz: 988, fromMs: 0, forMs: 160 },
    { hz: 740, fromMs: 180, forMs: 260 },
  ],
  rush: [
    { hz: 1_480, fromMs: 0, forMs: 110 },
    { hz: 1_480, fromMs: 150, forMs: 110 },
    { hz: 1_480, fromMs: 300, forMs: 200 },
  ],
  alarm: [
    { hz: 330, fromMs: 0, forMs: 420 },
    { hz: 262, fromMs: 460, forMs: 620 },
  ],
}

const LOUDNESS: Readonly<Record<Volume, number>> = { 0: 0, 1: 0.06, 2: 0.2, 3: 0.6 }
const FADE_S = 0.02

let context: AudioContext | null = null

/** A browser lets a page sound once somebody has touched it. */
export function play(sound: Sound, volume: Volume): void {
  if (volume === 0 || typeof AudioContext === 'undefined') return
  context ??= new AudioContext()
  const audio = context
  if (audio.state === 'suspended') void audio.resume()
  for (const { hz, fromMs, forMs } of TONES[sound]) {
    const begin = audio.currentTime + fromMs / 1000
    const end = begin + forMs / 1000
    const gain = audio.createGain()
    gain.gain.setValueAtTime(0, begin)
    gain.gain.linearRampToValueAtTime(LOUDNESS[volume], begin + FADE_S)
    gain.gain.setValueAtTime(LOUDNESS[volume], end - FADE_S)
    gain.gain.linearRampToValueAtTime(0, end)
    const tone = audio.createOscillator()
    tone.type = 'triangle'
    tone.frequency.value = hz
    tone.connect(gain).connect(audio.destination)
    tone.start(begin)
    tone.stop(end)
  }
}
