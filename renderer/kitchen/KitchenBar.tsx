import type { Catalog, RecordValue } from '../../domain/catalog.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { formatAge, formatTime } from '../ui/format.ts'
import { useFromNow } from '../ui/use-now.ts'
import { say } from '../words/say.ts'
import { AlertsToggle } from './AlertsPanel.tsx'
import styles from './KitchenBar.module.css'
import { Shape } from './Shape.tsx'
import { chooseStations, showPage, togglePanel, useKitchen } from './store.ts'
import { urgencyOf, type KitchenTicket, type Shown } from './tickets.ts'
import type { ExpoOrder } from './expo.ts'
import type { CardFlow, CardItem } from './use-card-flow.ts'

interface Aged extends CardItem {
  readonly source: KitchenTicket | ExpoOrder
}

interface KitchenBarProps {
  readonly catalog: Catalog | null
  readonly stations: Shown
  readonly cards: Pick<CardFlow<Aged>, 'page' | 'pageCount' | 'shown' | 'hidden'>
  readonly isExpo: boolean
}

/** More would push what must be seen off the bar; the others are in the settings. */
const MAX_IN_BAR = 4

export function KitchenBar({ catalog, stations, cards, isExpo }: KitchenBarProps) {
  const panel = useKitchen((kitchen) => kitchen.panel)
  const time = useFromNow(formatTime)
  const count = cards.shown.length + cards.hidden.length
  return (
    <header className={styles['bar']}>
      <Toggle
        isSelected={panel === 'settings'}
        onChange={() => togglePanel('settings')}
        label={say('kitchen.screen')}
      >
        <span aria-hidden="true">☰</span>
      </Toggle>
      {isExpo ? (
        <h1 className={styles['mode']}>{say('kitchen.expo')}</h1>
      ) : (
        <>
          <Stations catalog={catalog} stations={stations} />
          <p className={styles['chosen']}>{chosenText(catalog, stations)}</p>
        </>
      )}
      <span className={styles['gap']} />
      <p className={styles['count']}>
        {isExpo ? say('kitchen.orders', { count }) : say('kitchen.tickets', { count })}
      </p>
      {cards.hidden.length > 0 && <Hidden catalog={catalog} hidden={cards.hidden} />}
      <div role="group" aria-label={say('kitchen.pages')} className={styles['pages']}>
        <Button
          label={say('kitchen.previousPage')}
          isDisabled={cards.page === 0}
          onPress={() => showPage(cards.page - 1)}
        >
          ‹
        </Button>
        <span className={styles['page']}>
          {cards.page + 1} / {cards.pageCount}
        </span>
        <Button
          label={say('kitchen.nextPage')}
          isDisabled={cards.page >= cards.pageCount - 1}
          onPress={() => showPage(cards.page + 1)}
        >
          ›
        </Button>
      </div>
      <AlertsToggle />
      <Toggle isSelected={panel === 'allDay'} onChange={() => togglePanel('allDay')}>
        {say('kitchen.allDay')}
      </Toggle>
      <Toggle isSelected={panel === 'recall'} onChange={() => togglePanel('recall')}>
        {say('kitchen.recall')}
      </Toggle>
      <time className={styles['clock']}>{time}</time>
    </header>
  )
}

export const prepStations = (
  catalog: Catalog | null,
): readonly (readonly [string, RecordValue<'station'>])[] =>
  [...(catalog?.station ?? [])]
    .filter(([, { kind }]) => kind !== 'expo')
    .toSorted(([, a], [, b]) => a.position - b.position)

/** On a narrow screen, where they are chosen in the settings alone. */
const chosenText = (catalog: Catalog | null, stations: Shown): string =>
  stations === null
    ? say('kitchen.allStations')
    : prepStations(catalog)
        .flatMap(([id, { name }]) => (stations.has(id) ? [name] : []))
        .join(', ')

function Stations({ catalog, stations }: Pick<KitchenBarProps, 'catalog' | 'stations'>) {
  const all = prepStations(catalog)
  const inBar = all.slice(0, MAX_IN_BAR)
  const elsewhere = all.slice(MAX_IN_BAR).filter(([id]) => stations?.has(id) === true)
  return (
    <div role="group" aria-label={say('kitchen.stations')} className={styles['stations']}>
      <Toggle isSelected={stations === null} onChange={() => chooseStations([])}>
        {say('kitchen.allStations')}
      </Toggle>
      {[...inBar, ...elsewhere].map(([id, station]) => (
        <Toggle
          key={id}
          isSelected={stations?.has(id) === true}
          onChange={(isSelected) => chooseStations(withStation(stations, id, isSelected))}
        >
          {station.name}
        </Toggle>
      ))}
    </div>
  )
}

export const withStation = (stations: Shown, id: string, isIn: boolean): string[] =>
  isIn ? [...(stations ?? []), id] : [...(stations ?? [])].filter((one) => one !== id)

/** What stands on other pages is not forgotten: how many, and how long the first of them waits. */
function Hidden({
  catalog,
  hidden,
}: {
  readonly catalog: Catalog | null
  readonly hidden: readonly Aged[]
}) {
  const oldestMs = Math.min(...hidden.map(({ source }) => Date.parse(firedAtOf(source))))
  const urgencies = useFromNow((nowMs) =>
    hidden
      .map(({ source }) => {
        const stationId = 'ticket' in source ? source.ticket.stationId : ''
        const ageMs = nowMs - Date.parse(firedAtOf(source))
        return urgencyOf(ageMs, catalog?.station.get(stationId))
      })
      .reduce((worst, one) => (one === 'late' || worst === 'fresh' ? one : worst), 'fresh'),
  )
  const age = useFromNow((nowMs) => formatAge(nowMs - oldestMs))
  return (
    <p className={styles['hidden']} data-urgency={urgencies}>
      {urgencies !== 'fresh' && <Shape name={urgencies} />}
      {say('kitchen.hidden', { n: hidden.length, age })}
    </p>
  )
}

const firedAtOf = (source: KitchenTicket | ExpoOrder): string =>
  'ticket' in source ? source.ticket.firedAt : source.firedAt
