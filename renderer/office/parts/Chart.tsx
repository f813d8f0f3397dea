import { Bar, CartesianGrid, ComposedChart, Legend, Line, Tooltip, XAxis, YAxis } from 'recharts'
import type { ReactNode } from 'react'
import styles from './Chart.module.css'

export interface ChartPoint {
  readonly key: string
  readonly label: string
  readonly value: number
  /** What it is compared with; null where there is nothing. */
  readonly before?: number | null
}

interface ChartProps {
  /** Under it, for the eye. The numbers themselves stand in the table beside it. */
  readonly caption?: ReactNode
  readonly points: readonly ChartPoint[]
  readonly name: string
  readonly beforeName?: string
  readonly format: (value: number) => string
  readonly formatAxis: (value: number) => string
  /** `rows`: names stand at the side and may be long. */
  readonly layout?: 'columns' | 'rows'
}

const COLUMNS_HEIGHT = 260
const ROW_HEIGHT = 30
const AXIS_HEIGHT = 36
const NAMES_WIDTH = 160
const SIDE_WIDTH = 64
const LONGEST_NAME = 22
const BAR_RADIUS = 3
/** A day that stands alone is no wall. */
const WIDEST_BAR = 96
const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 }

const shortened = (name: string): string =>
  name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name

/**
 * Bars, and a line for what they are compared with. Hidden from those who hear the screen: they have
 * the same numbers in the table beside it.
 */
export function Chart(props: ChartProps) {
  const { caption, points, name, beforeName, format, formatAxis, layout = 'columns' } = props
  const isRows = layout === 'rows'
  const height = isRows ? points.length * ROW_HEIGHT + AXIS_HEIGHT : COLUMNS_HEIGHT
  const labels = Object.fromEntries(points.map(({ key, label }) => [key, label]))
  const labelOf = (key: unknown): string => labels[String(key)] ?? String(key)
  return (
    <figure className={styles['figure']} aria-hidden="true">
      <ComposedChart
        responsive
        className={styles['chart'] ?? ''}
        width="100%"
        height={height}
        data={[...points]}
        layout={isRows ? 'vertical' : 'horizontal'}
        margin={MARGIN}
        accessibilityLayer={false}
        tabIndex={-1}
      >
        <CartesianGrid vertical={isRows} horizontal={!isRows} />
        {isRows ? (
          <>
            <XAxis type="number" tickFormatter={formatAxis} tickLine={false} axisLine={false} />
            <YAxis
              type="category"
              dataKey="key"
              width={NAMES_WIDTH}
              tickFormatter={(key: unknown) => shortened(labelOf(key))}
              tickLine={false}
              interval={0}
            />
          </>
        ) : (
          <>
            <XAxis
              dataKey="key"
              tickFormatter={labelOf}
              tickLine={false}
              interval="equidistantPreserveStart"
            />
            <YAxis
              width={SIDE_WIDTH}
              tickFormatter={formatAxis}
              tickLine={false}
              axisLine={false}
            />
          </>
        )}
        <Tooltip
          isAnimationActive={false}
          cursor={false}
          separator=": "
          labelFormatter={labelOf}
          formatter={(value) => format(Number(value))}
        />
        {beforeName !== undefined && <Legend />}
        <Bar
          dataKey="value"
          name={name}
          maxBarSize={WIDEST_BAR}
          radius={BAR_RADIUS}
          isAnimationActive={false}
          className={styles['bars'] ?? ''}
          fill="var(--accent)"
        />
        {beforeName !== undefined && (
          <Line
            dataKey="before"
            name={beforeName}
            type="monotone"
            isAnimationActive={false}
            dot={false}
            stroke="var(--warn)"
            strokeWidth={2}
            strokeDasharray="5 4"
          />
        )}
      </ComposedChart>
      {caption !== undefined && <figcaption className={styles['caption']}>{caption}</figcaption>}
    </figure>
  )
}
