import { EXPORT_FORMATS } from '../../../protocol/office/values.ts'
import { PrintButton } from '../parts/PrintButton.tsx'
import { addressOf, type Call } from '../client.ts'
import styles from './Reports.module.css'

interface ExportLinksProps {
  readonly of: Pick<Call<unknown>, 'path' | 'query'>
  /** What the file is called, without its ending. */
  readonly name: string
  readonly isPrintable?: boolean
}

/** The same numbers as a file: the centre writes it, and the browser keeps it. */
export function ExportLinks({ of, name, isPrintable = true }: ExportLinksProps) {
  return (
    <div className={styles['exports']}>
      {EXPORT_FORMATS.toReversed().map((format) => (
        <a
          key={format}
          className={styles['export']}
          href={exportAddress(of, format)}
          download={`${name}.${format}`}
        >
          {format.toUpperCase()}
        </a>
      ))}
      {isPrintable && <PrintButton />}
    </div>
  )
}

export const exportAddress = (
  of: Pick<Call<unknown>, 'path' | 'query'>,
  format: (typeof EXPORT_FORMATS)[number],
): string => addressOf({ path: of.path, query: { ...of.query, format } })

/** `harbour-grill-sales-by-item-2026-11-01-2026-11-21`: what a folder of such files is sorted by. */
export const fileName = (...parts: readonly string[]): string =>
  parts
    .join('-')
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
