import { create } from 'zustand'
import type { ShownPicture } from '../../../protocol/screens.ts'
import type { Answer } from '../../ui/client.ts'
import { remember, remembered } from '../../ui/remembered.ts'

/** Pictures of what is sold, as this till's screen has them: each is asked for once, by its hash. */
interface Pictures {
  /** A setting of this screen. */
  readonly isShown: boolean
  /** By the picture's id; null: the device has none of that name, or it is being asked for. */
  readonly srcById: ReadonlyMap<string, string | null>
}

export const usePictures = create<Pictures>(() => ({
  isShown: remembered('till-pictures') !== 'off',
  srcById: new Map(),
}))

export function choosePictures(isShown: boolean): void {
  remember('till-pictures', isShown ? 'on' : 'off')
  usePictures.setState({ isShown })
}

/** As many as a large menu shows; the first that was asked for is the first to be forgotten. */
const MAX_KEPT = 300
/** Asked for at one time, so that no tap waits behind a page of pictures. */
const MAX_ASKED = 2

type Ask = (pictureId: string) => Promise<Answer<ShownPicture | null>>

const waiting: { readonly id: string; readonly ask: Ask }[] = []
let asked = 0

export function wantPicture(id: string, ask: Ask): void {
  if (usePictures.getState().srcById.has(id)) return
  keep(id, null)
  waiting.push({ id, ask })
  askNext()
}

function askNext(): void {
  const next = asked < MAX_ASKED ? waiting.shift() : undefined
  if (next === undefined) return
  asked += 1
  void next.ask(next.id).then((answer) => {
    asked -= 1
    if (!answer.ok) forget(next.id)
    else if (answer.value !== null) keep(next.id, srcOf(answer.value))
    askNext()
  })
}

const srcOf = ({ type, base64 }: ShownPicture): string => `data:${type};base64,${base64}`

function keep(id: string, src: string | null): void {
  const { srcById } = usePictures.getState()
  const kept = [...srcById].filter(([other]) => other !== id).slice(1 - MAX_KEPT)
  usePictures.setState({ srcById: new Map([...kept, [id, src]]) })
}

/** Whoever shows it next asks again. */
function forget(id: string): void {
  const { srcById } = usePictures.getState()
  usePictures.setState({ srcById: new Map([...srcById].filter(([other]) => other !== id)) })
}
