import { z } from 'zod'
import { answerOrders } from '../../core/task-layout'

const tokenIds = z.array(z.int().min(0)).max(1024).readonly()

/** A task layout as data from outside; whether a model can have it is for `checkLayout`. */
export const layoutSchema = z.strictObject({
  operandDigits: z.int(),
  answerDigits: z.int(),
  answerOrder: z.enum(answerOrders),
  largestFirstDigit: z.union([z.literal(4), z.literal(9)]),
  symbols: tokenIds,
  before: tokenIds,
})
