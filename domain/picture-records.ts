import { z } from 'zod'

/**
 * Pictures of what is sold, and which item has which. A picture is known by the hash of its bytes, so
 * the same one is kept once, and what a name stands for never changes. What an item shows is a record
 * of its own: a new picture and a new price never collide, and older devices sell on without it.
 */

export const PICTURE_TYPES = ['image/webp', 'image/jpeg'] as const
export type PictureType = (typeof PICTURE_TYPES)[number]

/** Each is a line of every device's log for ever, so it is a small one. */
export const MAX_PICTURE_BYTES = 64 * 1024
/** Of either side. What a till shows is scaled to half of it before it is sent. */
export const MAX_PICTURE_SIDE = 640

const MAX_BASE64 = Math.ceil(MAX_PICTURE_BYTES / 3) * 4

/** SHA-256 of the bytes. */
export const pictureId = z.string().regex(/^[0-9a-f]{64}$/)

export const pictureRecord = z.strictObject({
  type: z.enum(PICTURE_TYPES),
  base64: z
    .string()
    .min(4)
    .max(MAX_BASE64)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/),
})

/** Its id is the item's, or the combo's. */
export const itemPictureRecord = z.strictObject({ pictureId })
