import { z } from 'zod'
import { customerSchema } from '../../domain/customer.ts'

/** A customer as far as whoever asks may read it. */
export const shownCustomer = customerSchema.extend({
  locked: z
    .literal(true)
    .optional()
    .meta({ description: 'There is one, which this role or this device cannot read.' }),
  erased: z.literal(true).optional().meta({ description: 'Nobody can read it any more.' }),
})
