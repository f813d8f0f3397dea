import { createRecordProjection } from '../../db/sqlite/record-projection.ts'
import { readDayReport } from '../api/report-day.ts'
import { formatReport, REPORT_FORMATS } from '../report-format.ts'
import { failUsage, requiredText, text, type Command } from './command.ts'
import { withDevice } from './device.ts'

export const report: Command = {
  name: 'report',
  summary: "Prints a business day's Z report as this device knows it.",
  options: { data: { type: 'string' }, day: { type: 'string' }, format: { type: 'string' } },
  values: { data: 'DIR', day: 'YYYY-MM-DD', format: REPORT_FORMATS.join('|') },
  required: ['data', 'day'],
  run: ({ values }) => {
    const day = requiredText(values, 'day')
    if (!isDay(day)) failUsage(`--day takes YYYY-MM-DD, not ${day}`)
    const asked = values['json'] === true ? 'json' : (text(values, 'format') ?? 'text')
    const format =
      REPORT_FORMATS.find((known) => known === asked) ??
      failUsage(`--format takes ${REPORT_FORMATS.join(', ')}, not ${asked}`)
    return withDevice(values, (connection) => {
      const catalog = createRecordProjection(connection).catalog()
      const output = formatReport(readDayReport(connection, catalog, day), format)
      process.stdout.write(output.endsWith('\n') ? output : `${output}\n`)
    })
  },
}

const isDay = (text_: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text_) && !Number.isNaN(Date.parse(text_))
