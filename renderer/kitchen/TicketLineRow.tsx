import { kitchenNamed, modifierText } from '../ui/modifier-text.ts'
import type { Catalog } from '../../domain/catalog.ts'
import type { SoldModifier } from '../../domain/events.ts'
import { useLive } from '../ui/live-store.ts'
import { LINE_STATUS_NAMES, placeOf } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { spoken } from '../words/spoken.ts'
import { useActions } from './actions-context.ts'
import { CardButton } from './CardButton.tsx'
import { allergensOf, emphasisOf, isAllergyNote } from './emphasis.ts'
import styles from './TicketLineRow.module.css'
import type { KitchenTicket, TicketLine } from './tickets.ts'

const ALLERGEN_NAMES = spoken({
  gluten: 'kitchen.gluten',
  crustaceans: 'kitchen.crustaceans',
  eggs: 'kitchen.eggs',
  fish: 'kitchen.fish',
  peanuts: 'kitchen.peanuts',
  soybeans: 'kitchen.soybeans',
  milk: 'kitchen.milk',
  nuts: 'kitchen.nuts',
  celery: 'kitchen.celery',
  mustard: 'kitchen.mustard',
  sesame: 'kitchen.sesame',
  sulphites: 'kitchen.sulphites',
  lupin: 'kitchen.lupin',
  molluscs: 'kitchen.molluscs',
})

interface TicketLineRowProps {
  readonly one: TicketLine
  readonly entry: KitchenTicket
  readonly catalog: Catalog
  readonly isOver: boolean
  readonly hasAllergy: boolean
  readonly isBench: boolean
}

/** One thing to make. A tap moves it on; while it flashes, a tap says that the change was read. */
export function TicketLineRow(props: TicketLineRowProps) {
  const { one, entry, catalog, isOver, hasAllergy, isBench } = props
  const { tapLine } = useActions()
  const { line, change, part } = one
  const isTappable = change !== undefined || (!line.voided && !isOver && part !== 'show')
  const was = change?.was ?? {}
  return (
    <li data-row>
      <CardButton
        className={styles['line']}
        isBench={isBench}
        isDisabled={!isTappable}
        looks={{
          'data-mark': line.voided ? 'voided' : one.mark,
          'data-part': part,
          'data-changed': change !== undefined,
          'data-over': isOver,
        }}
        onPress={() => tapLine(entry, one)}
      >
        <span className={styles['quantity']}>
          {was.quantity !== undefined && was.quantity !== line.quantity && !line.voided && (
            <s className={styles['was']}>{was.quantity}</s>
          )}
          {line.quantity}
        </span>
        <span className={styles['what']}>
          <span className={styles['name']}>{line.kitchenName}</span>
          {line.modifiers.map((modifier) => (
            <Modifier
              key={modifier.id}
              modifier={modifier}
              isNew={was.modifiers?.every(({ id }) => id !== modifier.id) === true}
            />
          ))}
          {was.modifiers
            ?.filter(({ id }) => line.modifiers.every((now) => now.id !== id))
            .map((gone) => (
              <span key={gone.id} className={styles['modifier']} data-emphasis="gone">
                <s>{modifierText(kitchenNamed(gone))}</s>
              </span>
            ))}
          {line.seat !== null && (
            <span className={styles['elsewhere']}>{say('floor.seat', { seat: line.seat })}</span>
          )}
          <Elsewhere one={one} entry={entry} catalog={catalog} />
          {line.instructions !== null && (
            <span
              className={styles['instructions']}
              data-allergy={isAllergyNote(line.instructions)}
            >
              {line.instructions}
            </span>
          )}
          {hasAllergy && !line.voided && (
            <span className={styles['allergens']}>{allergenText(catalog, line.itemId)}</span>
          )}
        </span>
        <span className={styles['mark']}>{markText(one)}</span>
      </CardButton>
    </li>
  )
}

function Modifier({
  modifier,
  isNew,
}: {
  readonly modifier: SoldModifier
  readonly isNew: boolean
}) {
  return (
    <span className={styles['modifier']} data-emphasis={emphasisOf(modifier)} data-new={isNew}>
      {modifierText(kitchenNamed(modifier))}
    </span>
  )
}

/** Who else makes it, and for whom it is when that is another order. */
function Elsewhere({ one, entry, catalog }: Pick<TicketLineRowProps, 'one' | 'entry' | 'catalog'>) {
  const { line, part } = one
  const placeId = line.movedTo ?? entry.order.id
  const guest = useLive((live) =>
    placeId === entry.guest.id ? undefined : live.ordersById.get(placeId),
  )
  const nameOf = (stationId: string | null): string =>
    (stationId !== null && catalog.station.get(stationId)?.name) || ''
  const others = (line.also ?? []).filter(({ as }) => as === 'make').map((also) => also.stationId)
  const makers = [line.stationId, ...others].filter((id) => id !== entry.ticket.stationId)
  return (
    <>
      {part === 'show' && (
        <span className={styles['elsewhere']}>
          {say('kitchen.madeAt', { station: nameOf(line.stationId) })}
        </span>
      )}
      {part !== 'show' && makers.length > 0 && (
        <span className={styles['elsewhere']}>
          {say('kitchen.togetherWith', { station: makers.map(nameOf).join(', ') })}
        </span>
      )}
      {guest !== undefined && (
        <span className={styles['instructions']}>
          {say('kitchen.forOrder', { number: guest.number, place: placeOf(guest) })}
        </span>
      )}
    </>
  )
}

function allergenText(catalog: Catalog, itemId: string): string {
  const allergens = allergensOf(catalog, itemId)
  if (allergens === null) return say('kitchen.allergensUnknown')
  const list = allergens.map((one) => ALLERGEN_NAMES[one]).join(', ')
  return list === '' ? '' : say('kitchen.contains', { list })
}

function markText({ line, mark, change, part }: TicketLine): string {
  if (line.voided) return say('kitchen.void')
  if (change !== undefined) return say('kitchen.changed')
  if (part === 'show' || mark === 'queued') return ''
  return mark === 'ready' ? say('kitchen.isReady') : LINE_STATUS_NAMES[mark]
}
