import type { Call, OfficeClient, Outcome } from './client.ts'

export interface PageOf<Row> {
  readonly data: readonly Row[]
  readonly next_cursor: string | null
}

export interface AllPages<Row> {
  readonly data: readonly Row[]
  /** There is more than is read at once. */
  readonly isCut: boolean
}

/** No list is asked for without end. */
const MAX_PAGES = 25

/** A list as a whole, page by page. */
export async function readPages<Row>(
  client: OfficeClient,
  call: Call<PageOf<Row>>,
  signal?: AbortSignal,
  maxPages = MAX_PAGES,
): Promise<Outcome<AllPages<Row>>> {
  const data: Row[] = []
  let cursor: string | null = null
  for (let page = 0; page < maxPages; page++) {
    const query: Call<unknown>['query'] = { ...call.query, ...(cursor !== null && { cursor }) }
    const outcome: Outcome<PageOf<Row>> = await client.call({ ...call, query }, signal)
    if (!outcome.ok) return outcome
    data.push(...outcome.value.data)
    cursor = outcome.value.next_cursor
    if (cursor === null) return { ok: true, value: { data, isCut: false } }
  }
  return { ok: true, value: { data, isCut: true } }
}
