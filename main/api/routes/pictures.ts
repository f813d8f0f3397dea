import { z } from 'zod'
import { ROLES } from '../../../domain/catalog.ts'
import type { RecordSet } from '../../../domain/events.ts'
import { PICTURE_FAULTS } from '../../../domain/pictures.ts'
import { PICTURE_TYPES } from '../../../domain/picture-records.ts'
import { ok, refuse } from '../../../domain/result.ts'
import { imageUrl, pictureIn, pictureOut, pictureParams } from '../../../protocol/rest/picture.ts'
import { noQuery } from '../../../protocol/rest/values.ts'
import { bytesOf, pictureOfBase64 } from '../../pictures/pictures.ts'
import { MAX_PICTURES, pictureIdsToDrop } from '../../pictures/room-for-pictures.ts'
import { faultProblem } from '../changes/set-faults.ts'
import { problemOf, type Problem } from '../problems.ts'
import { route, type Route } from '../route.ts'

const PICTURES = '/api/v1/menu/pictures'
const [WEBP, JPEG] = PICTURE_TYPES
const A_YEAR_S = 31_536_000

/** Pictures of what is sold: kept once for each bytes, under the name that the bytes give them. */
export const pictureRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: PICTURES,
    operationId: 'addPicture',
    summary:
      'Keeps a picture of what is sold. Items show it by a change of kind `item_picture`. The same bytes again are the same picture.',
    roles: ['manager', 'admin'],
    query: noQuery,
    body: pictureIn,
    answer: { status: 200, schema: pictureOut },
    handle: async ({ store, body, commandId: id, at, caller }) => {
      const named = pictureOfBase64(body.data)
      if (!named.ok) {
        return refuse(faultProblem([{ path: 'data', message: PICTURE_FAULTS[named.error] }]))
      }
      const { id: pictureId, record, shape } = named.value
      const { type, width, height } = shape
      const answer = ok({
        body: { id: pictureId, type, width, height, image_url: imageUrl(pictureId) },
      })
      const held = await store.pictureIds()
      if (held.includes(pictureId)) return answer
      const kept = await store.changeRecords<Problem>(
        { id, at, actor: caller.actor },
        (_catalog, _frontier, versions) => {
          const dropped = pictureIdsToDrop(held, versions)
          if (dropped === null) return refuse(TOO_MANY)
          const set = (of: string, value: typeof record | null): RecordSet => ({
            type: 'record.set',
            kind: 'picture',
            id: of,
            value,
          })
          return ok([...dropped.map((old) => set(old, null)), set(pictureId, record)])
        },
      )
      return kept.ok ? answer : kept
    },
  }),
  route({
    method: 'GET',
    path: `${PICTURES}/{id}`,
    operationId: 'getPicture',
    summary: 'The bytes of a picture. They never change under their name.',
    roles: ROLES,
    params: pictureParams,
    query: noQuery,
    answer: { status: 200, schema: z.unknown(), type: WEBP },
    otherAnswers: [{ status: 200, schema: z.unknown(), type: JPEG }],
    handle: async ({ store, params: { id } }) => {
      const record = await store.picture(id)
      const bytes = record && bytesOf(id, record)
      if (record === null || bytes === null) {
        return refuse(problemOf('picture_not_found', `The store has no picture ${id}.`))
      }
      return ok({
        body: bytes,
        type: record.type,
        headers: {
          'cache-control': `private, max-age=${A_YEAR_S}, immutable`,
          'content-security-policy': "default-src 'none'; sandbox",
          'x-content-type-options': 'nosniff',
        },
      })
    },
  }),
]

const TOO_MANY = problemOf(
  'too_many_pictures',
  `The store shows ${MAX_PICTURES} pictures already. Take one off an item first.`,
)
