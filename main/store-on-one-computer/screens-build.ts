import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { RENDERER_DIST } from '../terminal/static-pages.ts'

const RENDERER = join(import.meta.dirname, '../../renderer')

/** Builds the screens where that was not done since their sources changed. */
export async function buildScreens(): Promise<void> {
  const built = join(RENDERER_DIST, 'pos.html')
  if (existsSync(built) && statSync(built).mtimeMs >= newestSourceMs()) return
  const { build } = await import('vite')
  await build({ root: RENDERER, configFile: join(RENDERER, 'vite.config.ts'), logLevel: 'error' })
}

const newestSourceMs = (): number =>
  Math.max(
    ...readdirSync(RENDERER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )
