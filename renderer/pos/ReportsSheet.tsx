import { useEffect, useEffectEvent, useState } from 'react'
import type { PaymentMethod } from '../../domain/payments.ts'
import type { DrawerSession } from '../../domain/drawer.ts'
import type { RestDayReport } from '../../protocol/rest/report.ts'
import type { ShownReport } from '../../protocol/screens.ts'
import { Button } from '../ui/Button.tsx'
import { formatDate, formatMoney, formatTime } from '../ui/format.ts'
import { useLive } from '../ui/live-store.ts'
import { Sheet } from '../ui/Sheet.tsx'
import { CHANNEL_NAMES } from '../ui/words.ts'
import { say } from '../words/say.ts'
import { useActions } from './actions-context.ts'
import { HoursBlock } from './clock/HoursBlock.tsx'
import { HourlyCurve } from './HourlyCurve.tsx'
import { DaySums } from './reports/DaySums.tsx'
import { Block, Rows } from './reports/ReportBlock.tsx'
import styles from './ReportsSheet.module.css'
import { closeSheet, openSheet, useTill } from './store.ts'

const DAY_MS = 86_400_000
const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10)

/**
 * How a business day stands or stood. X is on paper what is here, and closes nothing. Z is the end of
 * the day: the drawer of this till is counted before.
 */
export function ReportsSheet() {
  const { readReport, printReport } = useActions()
  const isBusy = useTill((till) => till.isBusy)
  const [shown, setShown] = useState<ShownReport | null>(null)
  const look = (day: string | null) =>
    void readReport(day).then((found) => found !== null && setShown(found))
  const lookFirst = useEffectEvent(() => look(null))
  useEffect(() => lookFirst(), [])

  if (shown === null) return null
  const { report, isToday, isDrawerOpen } = shown
  const day = report.business_day
  const isCounting = isToday && isDrawerOpen
  return (
    <Sheet
      title={say('reports.title')}
      about={say(isToday ? 'reports.dayAsStands' : 'reports.day', { day: formatDate(day) })}
      onClose={closeSheet}
      tools={
        <>
          <Button onPress={() => look(dayBefore(day, 1))}>{say('reports.before')}</Button>
          {!isToday && (
            <Button onPress={() => look(dayBefore(day, -1))}>{say('reports.after')}</Button>
          )}
        </>
      }
      footer={
        <div className={styles['buttons']}>
          <Button isLarge isDisabled={isBusy} onPress={() => void printReport('x', day)}>
            {say('reports.printX')}
          </Button>
          {isCounting ? (
            <Button kind="accent" isLarge onPress={() => openSheet({ kind: 'drawer' })}>
              {say('reports.countForZ')}
            </Button>
          ) : (
            <Button
              kind="accent"
              isLarge
              isDisabled={isBusy}
              onPress={() => void printReport('z', day)}
            >
              {say('reports.printZ')}
            </Button>
          )}
        </div>
      }
    >
      <Figures report={report} />
      <div className={styles['columns']}>
        <div className={styles['stack']}>
          <Block title={say('reports.byHour')}>
            {shown.hours.length === 0 ? (
              <p className={styles['hint']}>{say('reports.nothingSold')}</p>
            ) : (
              <HourlyCurve hours={shown.hours} currency={report.currency} />
            )}
          </Block>
          <Drawers sessions={shown.drawers} />
          <DaySums report={report} />
          {shown.shifts.length > 0 && (
            <Block title={say('front.hours')}>
              <HoursBlock shifts={shown.shifts} onCorrected={() => look(day)} />
            </Block>
          )}
        </div>
        <div className={styles['stack']}>
          <Block title={say('reports.payments')}>
            <Rows
              rows={report.payments.map((row) => [
                say(`pay.${row.method as PaymentMethod}`),
                row.count,
                row.net.amount,
              ])}
              currency={report.currency}
            />
          </Block>
          <Block title={say('reports.channels')}>
            <Rows
              rows={report.by_channel
                .filter(({ count }) => count > 0)
                .map((row) => [CHANNEL_NAMES[row.order_type], row.count, row.total.amount])}
              currency={report.currency}
            />
          </Block>
          <Block title={say('reports.exceptions')}>
            <Rows
              rows={[
                [say('reports.discounts'), null, -report.sales.discounts.amount],
                [say('reports.refunds'), report.refunds.count, -report.refunds.total.amount],
                [say('reports.voided'), report.voids.count, null],
                [say('lines.compedItems'), report.comps.count, -report.comps.total.amount],
                [say('reports.cancelled'), report.cancelled.count, report.cancelled.total.amount],
              ]}
              currency={report.currency}
            />
          </Block>
        </div>
      </div>
    </Sheet>
  )
}

function Figures({ report }: { readonly report: RestDayReport }) {
  const { sales, open_orders: open, currency } = report
  const money = (minor: number) => formatMoney(minor, currency)
  const average = sales.count === 0 ? 0 : Math.round(sales.total.amount / sales.count)
  const figures = [
    [say('reports.total'), money(sales.total.amount), say('common.orders', { count: sales.count })],
    [
      say('reports.paid'),
      money(sales.paid.amount),
      say('reports.ofItTips', { amount: money(sales.tips.amount) }),
    ],
    [say('reports.stillDue'), money(open.due.amount), say('reports.open', { count: open.count })],
    [say('reports.anOrder'), money(average), say('reports.onAverage')],
  ] as const
  return (
    <dl className={styles['figures']}>
      {figures.map(([name, value, more]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
          <dd className={styles['hint']}>{more}</dd>
        </div>
      ))}
    </dl>
  )
}

function Drawers({ sessions }: { readonly sessions: readonly DrawerSession[] }) {
  const devices = useLive((live) => live.catalog?.device)
  if (sessions.length === 0) return null
  return (
    <Block title={say('reports.drawers')}>
      <table className={styles['rows']}>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <th scope="row">
                {say('reports.drawerFrom', {
                  device: devices?.get(session.deviceId)?.name ?? session.deviceId,
                  time: formatTime(Date.parse(session.openedAt)),
                })}
              </th>
              <td>{resultOf(session)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Block>
  )
}

function resultOf({ closed, currency }: DrawerSession): string {
  if (closed === null) return say('reports.notCounted')
  const { overShortMinor } = closed
  if (overShortMinor === 0) return say('reports.right')
  const amount = formatMoney(Math.abs(overShortMinor), currency)
  return overShortMinor > 0 ? say('drawer.tooMuch', { amount }) : say('drawer.short', { amount })
}
