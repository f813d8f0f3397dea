import { readFileSync, statSync } from 'node:fs'
import { dirname, isAbsolute, resolve, sep } from 'node:path'
import { MAX_PICTURE_BYTES } from '../../domain/picture-records.ts'
import type { ReadBeside } from './json-pictures.ts'

/** Of the folder in which a file lies, and those in it; nothing that a name leads out of it to. */
export const besideOf =
  (file: string): ReadBeside =>
  (name) => {
    const folder = resolve(dirname(file))
    const path = resolve(folder, name)
    if (isAbsolute(name) || !path.startsWith(`${folder}${sep}`)) return null
    try {
      // What is larger is refused by its size, without being read.
      return statSync(path).size > MAX_PICTURE_BYTES
        ? new Uint8Array(MAX_PICTURE_BYTES + 1)
        : readFileSync(path)
    } catch {
      return null
    }
  }
