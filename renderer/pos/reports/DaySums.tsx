import type { RestDayReport } from '../../../protocol/rest/report.ts'
import { formatMoney } from '../../ui/format.ts'
import { useLive } from '../../ui/live-store.ts'
import { say } from '../../words/say.ts'
import { Block, Rows } from './ReportBlock.tsx'

/** How the day's prices become its total: what was taken off, and what came on top. */
export function DaySums({ report }: { readonly report: RestDayReport }) {
  const rates = useLive((live) => live.catalog?.tax_rate)
  const { sales, taxes, currency } = report
  const taxRows = taxes.map(({ tax_rate_id: id, included, base, tax }) => {
    const about = { tax: rates?.get(id)?.name ?? id, amount: formatMoney(base.amount, currency) }
    return [say(included ? 'reports.taxIn' : 'reports.taxOn', about), null, tax.amount] as const
  })
  const whereAny = (name: string, amount: number) =>
    amount === 0 ? [] : [[name, null, amount] as const]
  return (
    <Block title={say('reports.sums')}>
      <Rows
        currency={currency}
        hasTotal
        rows={[
          [say('reports.gross'), null, sales.gross.amount],
          [say('reports.discounts'), null, -sales.discounts.amount],
          [say('reports.net'), null, sales.gross.amount - sales.discounts.amount],
          ...whereAny(say('order.service'), sales.service_charge.amount),
          ...taxRows,
          ...whereAny(say('order.vouchers'), sales.vouchers.amount),
          [say('reports.tips'), null, sales.tips.amount],
          [say('reports.total'), null, sales.total.amount],
        ]}
      />
    </Block>
  )
}
