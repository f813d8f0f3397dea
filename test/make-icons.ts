import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { launchBrowser } from './support/browser.ts'

/**
 * `node test/make-icons.ts`: draws `main/desktop/icons/icon.svg` in every size that Windows, macOS and
 * Linux want, in Chromium, and packs them as each wants it. The results are committed.
 */
const FOLDER = join(import.meta.dirname, '../main/desktop/icons')
const SIZES = [16, 32, 48, 64, 128, 256, 512, 1024] as const
type Size = (typeof SIZES)[number]
const ICO_SIZES: readonly Size[] = [16, 32, 48, 64, 128, 256]
/** Apple's four letters for a PNG of that many pixels; some for screens with doubled ones. */
const ICNS_TYPES: readonly (readonly [string, Size])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

const svg = readFileSync(join(FOLDER, 'icon.svg'), 'utf8')
const browser = await launchBrowser()
const pngs = new Map<Size, Buffer>()
try {
  const page = await browser.newPage()
  for (const size of SIZES) {
    await page.setViewportSize({ width: size, height: size })
    const style = `<style>body{margin:0;background:none}svg{display:block;width:${size}px;height:${size}px}</style>`
    await page.setContent(style + svg)
    pngs.set(size, await page.screenshot({ omitBackground: true }))
  }
} finally {
  await browser.close()
}

// electron-builder takes a folder of PNGs named by their size for Linux, and scans no deeper.
mkdirSync(join(FOLDER, 'png'), { recursive: true })
for (const [size, png] of pngs) writeFileSync(join(FOLDER, 'png', `${size}x${size}.png`), png)
writeFileSync(join(FOLDER, 'icon.ico'), ico(ICO_SIZES))
writeFileSync(join(FOLDER, 'icon.icns'), icns(ICNS_TYPES))

function pngOf(size: Size): Buffer {
  const png = pngs.get(size)
  if (png === undefined) throw new Error(`no picture of ${size} pixels`)
  return png
}

/** A directory of 16 bytes a picture, then the pictures as PNG, as Windows reads since Vista. */
function ico(sizes: readonly Size[]): Buffer {
  const header = Buffer.alloc(6)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(sizes.length, 4)
  let offset = header.length + 16 * sizes.length
  const entries = sizes.map((size) => {
    const entry = Buffer.alloc(16)
    // One byte each: 0 stands for 256.
    entry.writeUInt8(size % 256, 0)
    entry.writeUInt8(size % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(pngOf(size).length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += pngOf(size).length
    return entry
  })
  return Buffer.concat([header, ...entries, ...sizes.map(pngOf)])
}

/** `icns`, the length of all, and per picture its type, its length and the PNG. */
function icns(types: typeof ICNS_TYPES): Buffer {
  const chunk = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(body.length + head.length, 4)
    return Buffer.concat([head, body])
  }
  return chunk('icns', Buffer.concat(types.map(([type, size]) => chunk(type, pngOf(size)))))
}
