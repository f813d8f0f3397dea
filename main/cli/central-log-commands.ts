import type { Database } from '../../db/postgres/database.ts'
import type { PostgresStore } from '../../db/postgres/store.ts'
import {
  databaseOptions,
  databaseValues,
  WHICH_DATABASE,
  withCentralDatabase,
} from './central-database.ts'
import { fail, print, requiredText, text, type Command, type OptionValues } from './command.ts'

/** What a device says of its own log with `verify` and `rebuild`, said of the stores at the centre. */

const ofStores = {
  options: { store: { type: 'string' as const }, ...databaseOptions },
  values: { store: 'ID', ...databaseValues },
}

export const centralVerify: Command = {
  name: 'central verify',
  summary: `Checks every store at the centre, or one: hash chains, numbers, and that the tables equal a rebuild from the log.\nExit status 1 and the first fault of each store if not. Works beside a running centre.\n${WHICH_DATABASE}`,
  ...ofStores,
  run: ({ values }) =>
    onStores(values, async (store, storeIds) => {
      let entries = 0
      const faults: string[] = []
      for (const storeId of storeIds) {
        const report = await store.verify(storeId)
        entries += report.entries
        if (!report.ok) faults.push(`store ${storeId}: ${report.fault ?? 'unknown fault'}`)
      }
      if (faults.length > 0) return fail(faults.join('\n'))
      const result = { ok: true, stores: storeIds.length, entries }
      print(values, result, `All is well: ${storeIds.length} stores, ${entries} entries.`)
    }),
}

export const centralRebuild: Command = {
  name: 'central rebuild',
  summary: `Empties the tables of every store at the centre, or of one, and folds its whole log into them again.\nWorks beside a running centre: uploads of the store wait for it.\n${WHICH_DATABASE}`,
  ...ofStores,
  run: ({ values }) =>
    onStores(values, async (store, storeIds) => {
      for (const storeId of storeIds) await store.rebuild(storeId)
      print(values, { stores: storeIds.length }, `Folded ${storeIds.length} stores anew.`)
    }),
}

export const centralPrune: Command = {
  name: 'central prune',
  summary: `Says of every store at the centre, or of one, that no device reads its log on from further back than the newest entries.\nA device that is behind them reads all of it anew. No entry is deleted. Works beside a running centre.\n${WHICH_DATABASE}`,
  options: { ...ofStores.options, keep: { type: 'string' } },
  values: { ...ofStores.values, keep: 'ENTRIES' },
  run: ({ values }) =>
    onStores(values, async (_store, storeIds, database) => {
      const { createLogReader } = await import('../../db/postgres/log-reader.ts')
      const keep = Number(requiredText(values, 'keep'))
      if (!Number.isSafeInteger(keep) || keep < 0) fail('--keep is a number of entries.')
      const log = createLogReader(database)
      const stores: { store_id: string; pruned_to: number }[] = []
      for (const storeId of storeIds) {
        stores.push({ store_id: storeId, pruned_to: await log.prune(storeId, keep) })
      }
      const lines = stores.map((store) => `${store.store_id}: up to ${store.pruned_to}`)
      print(values, { stores }, lines.join('\n'))
    }),
}

export const centralPutBack: Command = {
  name: 'central put-back',
  summary: `Says that the database of every store, or of one, was put back from a copy of its files. The centre then goes on in a fresh log there.\nA dump or a point in time is noticed without it. Say it before the centre is started.\n${WHICH_DATABASE}`,
  ...ofStores,
  run: ({ values }) =>
    onStores(values, async (_store, storeIds, database) => {
      const { withStores } = await import('../../db/postgres/scope.ts')
      const { noticePutBack } = await import('../../db/postgres/centre-members.ts')
      for (const storeId of storeIds) {
        await withStores(database, [storeId], (trx) => noticePutBack(trx, storeId))
      }
      print(values, { stores: storeIds.length }, `Noted for ${storeIds.length} stores.`)
    }),
}

async function onStores(
  values: OptionValues,
  work: (store: PostgresStore, storeIds: readonly string[], database: Database) => Promise<void>,
): Promise<void> {
  const { createPostgresStore } = await import('../../db/postgres/store.ts')
  await withCentralDatabase(values, async (database) => {
    const store = createPostgresStore(database)
    const all = await store.storeIds()
    const asked = text(values, 'store')
    if (asked !== undefined && !all.includes(asked)) fail(`The centre has no store ${asked}.`)
    await work(store, asked === undefined ? all : [asked], database)
  })
}
