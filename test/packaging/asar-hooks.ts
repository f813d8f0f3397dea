import { createRequire, registerHooks } from 'node:module'
import fs from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { extractFile, statFile } from '@electron/asar'

/**
 * Loaded before a program that lies in an `app.asar`: lets plain Node find and load modules there, as
 * Electron does. Native code is taken from `app.asar.unpacked`. Other files are not seen by `fs`,
 * but for whether they exist.
 */
const ARCHIVE = `app.asar${sep}`

interface Place {
  readonly archive: string
  readonly path: string
}

function placeOf(file: string): Place | null {
  const end = file.indexOf(ARCHIVE)
  if (end < 0) return null
  const archive = file.slice(0, end + ARCHIVE.length - 1)
  return { archive, path: file.slice(end + ARCHIVE.length) }
}

function isFile(file: string): boolean {
  const place = placeOf(file)
  if (place === null) return false
  try {
    return 'size' in statFile(place.archive, place.path)
  } catch {
    return false
  }
}

const read = ({ archive, path }: Place): Buffer => extractFile(archive, path)

const findFile = (file: string): string | undefined =>
  [file, `${file}.js`, join(file, 'index.js')].find(isFile)

/** The main file of a package that lies in the archive, as its package.json names it. */
function findPackage(name: string, { archive }: Place): string | undefined {
  const folder = join(archive, 'node_modules', name)
  const description = placeOf(join(folder, 'package.json'))
  if (description === null || !isFile(join(folder, 'package.json'))) return undefined
  const { main } = JSON.parse(read(description).toString()) as { readonly main?: string }
  return findFile(join(folder, main ?? 'index.js'))
}

function target(specifier: string, parentUrl: string | undefined): string | undefined {
  if (specifier.startsWith('file:')) return findFile(fileURLToPath(specifier))
  if (specifier.startsWith(sep)) return findFile(specifier)
  const parent = parentUrl?.startsWith('file:') === true ? fileURLToPath(parentUrl) : ''
  const place = placeOf(parent)
  if (place === null) return undefined
  return specifier.startsWith('.')
    ? findFile(join(dirname(parent), specifier))
    : findPackage(specifier, place)
}

registerHooks({
  resolve(specifier, context, next) {
    const file = target(specifier, context.parentURL)
    if (file === undefined) return next(specifier, context)
    const found = file.endsWith('.node') ? file.replace(ARCHIVE, `app.asar.unpacked${sep}`) : file
    return { url: pathToFileURL(found).href, shortCircuit: true }
  },
  load(url, context, next) {
    const place = url.startsWith('file:') ? placeOf(fileURLToPath(url)) : null
    if (place === null) return next(url, context)
    const format = url.endsWith('.mjs') ? 'module' : 'commonjs'
    return { format, source: read(place), shortCircuit: true }
  },
})

const commonFs = createRequire(import.meta.url)('node:fs') as typeof fs
const existsOnDisk = commonFs.existsSync
commonFs.existsSync = (path) => existsOnDisk(path) || (typeof path === 'string' && isFile(path))
