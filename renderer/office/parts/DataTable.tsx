import {
  columnFilteringFeature,
  createColumnHelper,
  createFilteredRowModel,
  createSortedRowModel,
  globalFilteringFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type Row as TableRow,
} from '@tanstack/react-table'
import { useMemo, type ReactNode } from 'react'
import { countOf } from '../../ui/format.ts'
import styles from './DataTable.module.css'
import { Field } from './Field.tsx'

export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** What it is sorted by, and found by where it is a text. */
  readonly value: (row: Row) => string | number | null
  /** What is shown, where that is not the value. */
  readonly show?: (row: Row) => ReactNode
  /** Below the column, of the rows that the filter leaves. */
  readonly total?: (rows: readonly Row[]) => ReactNode
  readonly isNumber?: boolean
  /** Names the row, for those who hear the table. One of each table. */
  readonly isHeading?: boolean
  readonly isSortable?: boolean
  /** Goes first where the screen is narrow. */
  readonly isMinor?: boolean
}

interface DataTableProps<Row> {
  /** Read out as the table's name. */
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly keyOf: (row: Row) => string
  /** What the filter is called; absent: none. */
  readonly filterLabel?: string
  readonly sortBy?: { readonly id: string; readonly desc: boolean }
  readonly none: ReactNode
  /** Beside the filter. */
  readonly tools?: ReactNode
  readonly isSelected?: (row: Row) => boolean
  readonly toneOf?: (row: Row) => 'warn' | 'bad' | 'off' | undefined
}

const features = tableFeatures({
  rowSortingFeature,
  columnFilteringFeature,
  globalFilteringFeature,
  sortedRowModel: createSortedRowModel(),
  filteredRowModel: createFilteredRowModel(),
})

type RowOf<Row extends object> = TableRow<typeof features, Row>

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function compare<Row extends object>(a: RowOf<Row>, b: RowOf<Row>, id: string): number {
  const [left, right] = [a.getValue(id), b.getValue(id)]
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : collator.compare(String(left), String(right))
}

const holds = <Row extends object>(row: RowOf<Row>, id: string, text: unknown): boolean =>
  String(row.getValue(id) ?? '')
    .toLocaleLowerCase()
    .includes(String(text).toLocaleLowerCase())

/** A table that sorts by its headings and is filtered by typing. Totals follow the filter. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { caption, columns, rows, keyOf, filterLabel, none, tools } = props
  const defs = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>()
    return columns.map((column) =>
      helper.accessor((row): unknown => column.value(row) ?? undefined, {
        id: column.id,
        header: column.header,
        enableSorting: column.isSortable ?? true,
        sortFn: compare,
        sortUndefined: 'last',
        sortDescFirst: column.isNumber ?? false,
      }),
    )
  }, [columns])
  const table = useTable({
    features,
    columns: defs,
    data: rows,
    getRowId: keyOf,
    globalFilterFn: holds,
    getColumnCanGlobalFilter: ({ id }) => columnOf(columns, id).isNumber !== true,
    enableSortingRemoval: false,
    initialState: { sorting: props.sortBy === undefined ? [] : [{ ...props.sortBy }] },
  })
  const shown = table.getRowModel().rows
  const originals = shown.map((row) => row.original)
  const filter = (table.state.globalFilter as string | undefined) ?? ''
  return (
    <div className={styles['block']}>
      {(filterLabel !== undefined || tools !== undefined) && (
        <div className={styles['tools']}>
          {filterLabel !== undefined && (
            <>
              <Field
                label={filterLabel}
                isLabelHidden
                type="search"
                value={filter}
                onChange={(text) => table.setGlobalFilter(text)}
              />
              <p role="status" className={styles['count']}>
                {filter !== '' && `${String(shown.length)} of ${String(rows.length)}`}
              </p>
            </>
          )}
          {tools}
        </div>
      )}
      <table className={styles['table']}>
        <caption className={styles['caption']}>{caption}</caption>
        <thead>
          <tr>
            {table.getLeafHeaders().map(({ id, column }) => (
              <Heading
                key={id}
                column={columnOf(columns, id)}
                sorted={column.getIsSorted()}
                canSort={column.getCanSort()}
                onSort={() => column.toggleSorting()}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr
              key={row.id}
              data-tone={props.toneOf?.(row.original)}
              aria-current={props.isSelected?.(row.original) === true ? 'true' : undefined}
            >
              {columns.map((column) => (
                <Cell key={column.id} column={column} row={row.original} />
              ))}
            </tr>
          ))}
          {shown.length === 0 && (
            <tr>
              <td className={styles['none']} colSpan={columns.length}>
                {rows.length === 0 ? none : `Nothing here has “${filter}” in it.`}
              </td>
            </tr>
          )}
        </tbody>
        {shown.length > 0 && columns.some(({ total }) => total !== undefined) && (
          <tfoot>
            <tr>
              {columns.map(({ id, total, isNumber, isMinor }) => (
                <td key={id} data-number={isNumber} data-minor={isMinor}>
                  {total?.(originals)}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
      {filterLabel !== undefined && rows.length > LONG && (
        <p className={styles['end']}>{countOf(shown.length, 'row', 'rows')}</p>
      )}
    </div>
  )
}

/** Rows from which on one wants to know how many there are. */
const LONG = 20

function columnOf<Row>(columns: readonly Column<Row>[], id: string): Column<Row> {
  const column = columns.find((one) => one.id === id)
  if (column === undefined) throw new Error(`the table has no column ${id}`)
  return column
}

interface HeadingProps {
  readonly column: Pick<Column<never>, 'header' | 'isNumber' | 'isMinor'>
  readonly sorted: false | 'asc' | 'desc'
  readonly canSort: boolean
  readonly onSort: () => void
}

function Heading({ column, sorted, canSort, onSort }: HeadingProps) {
  const direction = sorted === 'asc' ? 'ascending' : 'descending'
  return (
    <th
      scope="col"
      data-number={column.isNumber}
      data-minor={column.isMinor}
      aria-sort={sorted === false ? undefined : direction}
    >
      {canSort ? (
        <button type="button" className={styles['sort']} data-sorted={sorted} onClick={onSort}>
          {column.header}
          <span className={styles['arrow']} aria-hidden="true" />
        </button>
      ) : (
        <span className={styles['plain']}>{column.header}</span>
      )}
    </th>
  )
}

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const content = column.show === undefined ? column.value(row) : column.show(row)
  const marks = { 'data-number': column.isNumber, 'data-minor': column.isMinor }
  return column.isHeading === true ? (
    <th scope="row" {...marks}>
      {content}
    </th>
  ) : (
    <td {...marks}>{content}</td>
  )
}
