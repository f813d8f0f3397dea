import { MAX_PICTURE_BYTES } from '../../../domain/picture-records.ts'

/**
 * A photograph as a till shows it: small, still, and with nothing in it of where and when it was
 * taken. What comes out is drawn anew, so nothing but pixels of the file goes on.
 */

/** What a button of the largest screen has room for. */
const BOX = { width: 320, height: 240 } as const
/** Tried one after the other until it is small enough. */
const QUALITIES = [0.85, 0.7, 0.5, 0.3] as const

/** As large as the box allows, never larger than it was; the shape stays. */
export function fitInto(
  { width, height }: { readonly width: number; readonly height: number },
  box: { readonly width: number; readonly height: number } = BOX,
): { readonly width: number; readonly height: number } {
  const share = Math.min(1, box.width / width, box.height / height)
  return {
    width: Math.max(1, Math.round(width * share)),
    height: Math.max(1, Math.round(height * share)),
  }
}

/** In base64. Null: the browser cannot read the file as a picture. */
export async function shrinkPicture(file: Blob): Promise<string | null> {
  const bitmap = await createImageBitmap(file).catch(() => null)
  if (bitmap === null) return null
  const canvas = document.createElement('canvas')
  const { width, height } = fitInto(bitmap)
  canvas.width = width
  canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) return null
  // JPEG knows no transparency: what is seen through is white paper, not black.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  context.drawImage(bitmap, 0, 0, width, height)
  bitmap.close()
  // Some browsers cannot write WebP, and say so by writing something else.
  for (const type of ['image/webp', 'image/jpeg']) {
    for (const quality of QUALITIES) {
      const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, type, quality))
      if (blob === null || blob.type !== type) break
      if (blob.size <= MAX_PICTURE_BYTES) return base64Of(blob)
    }
  }
  return null
}

export const dataUriOf = async (blob: Blob): Promise<string> =>
  `data:${blob.type};base64,${await base64Of(blob)}`

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer())
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''))
}
