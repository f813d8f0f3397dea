/** What the bench uses of what comes without types. */
declare module 'pouchdb' {
  export interface Stored {
    readonly _id: string
    readonly [field: string]: unknown
  }
  interface Row {
    readonly id: string
    readonly doc: Stored
  }
  export default class PouchDB {
    constructor(name: string, options?: object)
    put(doc: Stored): Promise<{ readonly rev: string }>
    bulkDocs(docs: readonly Stored[], options?: { new_edits: boolean }): Promise<unknown>
    allDocs(options: object): Promise<{ readonly rows: readonly Row[] }>
    query(view: string, options: object): Promise<{ readonly rows: readonly Row[] }>
    info(): Promise<{ readonly doc_count: number }>
    close(): Promise<void>
    readonly replicate: { from(other: PouchDB, options?: object): Promise<unknown> }
  }
}

/** The store that PouchDB writes to under Node. */
declare module 'leveldown' {
  type Done = (error?: Error) => void
  export interface LevelDown {
    _batch(operations: readonly object[], options: object, done: Done): void
  }
  export default function leveldown(location: string): LevelDown
}
