import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Contender, Rival } from './contender.ts'
import { house } from './house.ts'

const FOLDER = join(import.meta.dirname, 'rivals')
const NAMES = ['yjs', 'automerge', 'pouchdb']

/** What a user would pick instead. None where they are not installed: they are no part of `npm ci`. */
export async function loadRivals(): Promise<Rival[]> {
  if (!existsSync(join(FOLDER, 'node_modules'))) return []
  const modules = NAMES.map(
    (name) => import(join(FOLDER, `${name}.ts`)) as Promise<{ rival: Rival }>,
  )
  return (await Promise.all(modules)).map(({ rival }) => rival)
}

/** By its name, in a process that the bench has started. */
export async function loadContender(name: string): Promise<Contender> {
  const found = [house, ...(await loadRivals())].find((contender) => contender.name === name)
  if (!found) throw new Error(`nobody in the bench is called ${name}`)
  return found
}
