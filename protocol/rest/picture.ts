import { z } from 'zod'
import { MAX_PICTURE_BYTES, PICTURE_TYPES, pictureId } from '../../domain/picture-records.ts'

/** Pictures of what is sold. Which item shows which is a record, `item_picture`, and is edited as such. */

export const pictureIn = z
  .strictObject({
    data: z
      .string()
      .min(1)
      .max(Math.ceil(MAX_PICTURE_BYTES / 3) * 4)
      .meta({ description: 'The bytes in base64, with nothing in front.' }),
  })
  .meta({
    description: `One still picture, WebP or JPEG, of at most ${MAX_PICTURE_BYTES} bytes and 640 pixels on each side. What it is, its bytes say.`,
  })

export const pictureOut = z
  .strictObject({
    id: z.string().meta({ description: 'SHA-256 of the bytes: it never stands for others.' }),
    type: z.enum(PICTURE_TYPES),
    width: z.int(),
    height: z.int(),
    image_url: z.string(),
  })
  .meta({ id: 'Picture' })

export const pictureParams = z.strictObject({ id: pictureId })

/** Where the bytes are. */
export const imageUrl = (id: string): string => `/api/v1/menu/pictures/${id}`
