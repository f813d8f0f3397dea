import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/**
 * Bundles the shell into one folder: `main.mjs`, `terminal-entry.mjs` and `preload.cjs`. The
 * preload is CommonJS in one file, because a sandboxed preload can load nothing else. Packages are
 * part of the bundle, so that what is packaged is what runs, but for native code.
 */
export async function buildDesktop(outDir: string): Promise<void> {
  await bundle({ entries: ['main', 'terminal-entry'], format: 'es', outDir, isFirst: true })
  await bundle({ entries: ['preload'], format: 'cjs', outDir, isFirst: false })
  // For the windows and the tray, which draw it from the program's own folder.
  await copyFile(new URL('icons/png/256x256.png', import.meta.url), join(outDir, 'icon.png'))
}

interface Bundle {
  readonly entries: readonly string[]
  readonly format: 'es' | 'cjs'
  readonly outDir: string
  readonly isFirst: boolean
}

const ELECTRON_NODE = 'node24'

/** Electron's own module, and packages with native code: they cannot be part of a bundle. */
export const LEFT_BESIDE: readonly string[] = [
  'electron',
  'better-sqlite3',
  'msgpackr-extract',
  'bufferutil',
  'utf-8-validate',
]

async function bundle({ entries, format, outDir, isFirst }: Bundle): Promise<void> {
  const extension = format === 'es' ? 'mjs' : 'cjs'
  await build({
    configFile: false,
    logLevel: 'warn',
    root: fileURLToPath(new URL('.', import.meta.url)),
    ssr: { noExternal: true, external: [...LEFT_BESIDE] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: isFirst,
      license: format === 'es' && { fileName: 'licenses.md' },
      target: ELECTRON_NODE,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(
          entries.map((entry) => [entry, fileURLToPath(new URL(`${entry}.ts`, import.meta.url))]),
        ),
        output: {
          format,
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name]-[hash].${extension}`,
          // The documentation of packages is a seventh of the archive; whose they are stays.
          comments: { annotation: false, jsdoc: false, legal: true },
        },
      },
    },
  })
}

if (import.meta.main) {
  await buildDesktop(fileURLToPath(new URL('../../dist/desktop', import.meta.url)))
}
