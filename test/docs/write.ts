import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedDocs } from './generated.ts'

/** `npm run docs`: writes the pages that are made of the program itself. */
const ROOT = join(import.meta.dirname, '../..')
for (const [path, text] of await generatedDocs()) writeFileSync(join(ROOT, path), text)
