import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Rival } from './contender.ts'

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
