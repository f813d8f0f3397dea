import type { ShownReport } from '../../protocol/screens.ts'
import { formatMoney } from '../ui/format.ts'
import { say } from '../words/say.ts'
import styles from './ReportsSheet.module.css'

const WIDTH = 480
const HEIGHT = 132
const GAP = 4
const MAX_BAR = 44

/** Sales by the hour in which orders were begun; each bar is named for who hears the screen. */
export function HourlyCurve(props: {
  readonly hours: ShownReport['hours']
  readonly currency: string
}) {
  const bars = withoutGaps(props.hours)
  const most = Math.max(1, ...bars.map(({ totalMinor }) => totalMinor))
  const step = WIDTH / bars.length
  const width = Math.min(MAX_BAR, step - GAP)
  return (
    <figure className={styles['curve']}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say('reports.curve')}>
        {bars.map(({ hour, orders, totalMinor }, at) => {
          const height = Math.max(totalMinor > 0 ? 2 : 0, (totalMinor / most) * HEIGHT)
          const amount = formatMoney(totalMinor, props.currency)
          return (
            <rect
              key={hour}
              x={(at + 0.5) * step - width / 2}
              y={HEIGHT - height}
              width={width}
              height={height}
              rx={2}
            >
              <title>
                {say('reports.bar', {
                  hour,
                  orders: say('common.orders', { count: orders }),
                  amount,
                })}
              </title>
            </rect>
          )
        })}
      </svg>
      <figcaption className={styles['hours']}>
        {bars.map(({ hour }, at) => (
          <span key={hour}>{bars.length <= 12 || at % 2 === 0 ? hour : ''}</span>
        ))}
      </figcaption>
    </figure>
  )
}

/** Hours without an order stand between those with one, so that the eye reads time. */
function withoutGaps(hours: ShownReport['hours']): ShownReport['hours'] {
  const [first] = hours
  const last = hours.at(-1)
  if (first === undefined || last === undefined) return []
  const span = (Number(last.hour) - Number(first.hour) + 24) % 24
  return Array.from({ length: span + 1 }, (_, at) => {
    const hour = String((Number(first.hour) + at) % 24).padStart(2, '0')
    return hours.find((one) => one.hour === hour) ?? { hour, orders: 0, totalMinor: 0 }
  })
}
