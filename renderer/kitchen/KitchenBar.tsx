import type { Catalog } from '../../domain/catalog.ts'
import { Button, Toggle } from '../ui/Button.tsx'
import { countOf, formatTime } from '../ui/format.ts'
import { useFromNow } from '../ui/use-now.ts'
import styles from './KitchenBar.module.css'
import { chooseStation, notifyKitchen, setRecallOpen, showPage, useKitchen } from './store.ts'

interface KitchenBarProps {
  readonly catalog: Catalog | null
  readonly stationId: string | null
  readonly ticketCount: number
  readonly page: number
  readonly pageCount: number
}

export function KitchenBar({ catalog, stationId, ticketCount, page, pageCount }: KitchenBarProps) {
  const isRecallOpen = useKitchen((kitchen) => kitchen.isRecallOpen)
  const notice = useKitchen((kitchen) => kitchen.notice)
  const time = useFromNow(formatTime)
  const stations = [...(catalog?.station ?? [])].toSorted(([, a], [, b]) => a.position - b.position)
  return (
    <header className={styles['bar']}>
      <div role="group" aria-label="Stations" className={styles['stations']}>
        <Toggle isSelected={stationId === null} onChange={() => chooseStation(null)}>
          All stations
        </Toggle>
        {stations.map(([id, station]) => (
          <Toggle key={id} isSelected={id === stationId} onChange={() => chooseStation(id)}>
            {station.name}
          </Toggle>
        ))}
      </div>
      <div className={styles['notice']} role="alert">
        {notice !== null && (
          <Button kind="danger" onPress={() => notifyKitchen(null)}>
            {notice} ✕
          </Button>
        )}
      </div>
      <p className={styles['count']}>{countOf(ticketCount, 'ticket', 'tickets')}</p>
      <div role="group" aria-label="Pages" className={styles['pages']}>
        <Button label="Previous page" isDisabled={page === 0} onPress={() => showPage(page - 1)}>
          ‹
        </Button>
        <span className={styles['page']}>
          {page + 1} / {pageCount}
        </span>
        <Button
          label="Next page"
          isDisabled={page >= pageCount - 1}
          onPress={() => showPage(page + 1)}
        >
          ›
        </Button>
      </div>
      <Toggle isSelected={isRecallOpen} onChange={setRecallOpen}>
        Recall
      </Toggle>
      <time className={styles['clock']}>{time}</time>
    </header>
  )
}
