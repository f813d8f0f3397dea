/**
 * How a modifier is wanted: left out, more of it, or beside the dish. In a wish it stands in front of
 * the modifier's id, as in `extra:cheese`; without it, the modifier is had as it is.
 */
export const PREPARATIONS = ['no', 'extra', 'side'] as const
export type Preparation = (typeof PREPARATIONS)[number]

export interface Choice {
  readonly modifierId: string
  readonly preparation: Preparation | null
}

/** An id that is some modifier's as it stands is that one's, whatever it begins with. */
export function readChoice(wish: string, isModifier: (id: string) => boolean): Choice {
  const at = wish.indexOf(':')
  const preparation = PREPARATIONS.find((one) => one === wish.slice(0, at))
  return preparation === undefined || isModifier(wish)
    ? { modifierId: wish, preparation: null }
    : { modifierId: wish.slice(at + 1), preparation }
}

export const wishOf = ({ modifierId, preparation }: Choice): string =>
  preparation === null ? modifierId : `${preparation}:${modifierId}`

/** The wish that a sold modifier came of. */
export const wishOfSold = ({
  id,
  preparation = null,
}: {
  readonly id: string
  readonly preparation?: Preparation | undefined | null
}): string => wishOf({ modifierId: id, preparation })

interface Prepared {
  readonly priceMinor: number
  /** What "extra" costs beside it; absent: its price once more. */
  readonly extraPriceMinor?: number | undefined
  /** The dish comes with it: having it costs nothing. */
  readonly standard?: boolean | undefined
}

/** Rule G6. */
export function preparedPrice(modifier: Prepared, preparation: Preparation | null): number {
  const own = modifier.standard === true ? 0 : modifier.priceMinor
  switch (preparation) {
    case 'no':
      return 0
    case 'extra':
      return own + (modifier.extraPriceMinor ?? modifier.priceMinor)
    case 'side':
    case null:
      return own
  }
}

/** How often what it is made of is used, beside what the dish's recipe has of it. */
export function preparedTimes({ standard = false }: Prepared, preparation: Preparation | null) {
  const times = preparation === 'no' ? 0 : preparation === 'extra' ? 2 : 1
  return standard ? times - 1 : times
}

/** For paper and programs; screens say it in their own language. */
export function preparedName({
  name,
  preparation,
}: {
  readonly name: string
  readonly preparation?: Preparation | undefined
}): string {
  switch (preparation) {
    case 'no':
      return `No ${name}`
    case 'extra':
      return `Extra ${name}`
    case 'side':
      return `${name} on the side`
    case undefined:
      return name
  }
}

/** The same for the kitchen, which reads from afar what is not as usual. */
export function preparedKitchenName(modifier: {
  readonly name: string
  readonly kitchenName?: string | undefined
  readonly preparation?: Preparation | undefined
}): string {
  const name = modifier.kitchenName ?? modifier.name
  switch (modifier.preparation) {
    case 'no':
      return `NO ${name}`
    case 'extra':
      return `EXTRA ${name}`
    case 'side':
      return `${name} ON SIDE`
    case undefined:
      return name
  }
}
