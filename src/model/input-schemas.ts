import { answerOrders } from '../core/task-layout'
import { z } from 'zod'
import { modes, sites } from './intervention'

/** Schemas of what people and files may ask for, by which everything that arrives from outside is checked. */

export const sumSchema = z.strictObject({ a: z.int().min(0), b: z.int().min(0) })

/** More than any sum has. */
const mostPositions = 256
const position = z
  .int()
  .min(0)
  .max(mostPositions - 1)

export const positionsSchema = z.array(position).min(1).max(mostPositions).readonly()

const interventionSchema = z.strictObject({
  site: z.enum(sites),
  layer: z.int().min(0).max(3),
  head: z.int().min(0).max(7).exactOptional(),
  neuron: z.int().min(0).max(4095).exactOptional(),
  positions: z.union([z.literal('all'), positionsSchema]),
  mode: z.enum(modes),
  donor: sumSchema.exactOptional(),
  seed: z.int().min(0).max(0xffffffff).exactOptional(),
})

export const interventionsSchema = z.array(interventionSchema).max(500).readonly()

export const datasetSchema = z.strictObject({
  size: z.int().min(1).max(1_000_000),
  seed: z.int().min(0).max(0xffffffff),
})

export const processingSchema = z.strictObject({
  centerWritingWeights: z.boolean(),
  centerUnembed: z.boolean(),
  foldLayerNorm: z.boolean(),
  foldValueBiases: z.boolean(),
})

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
