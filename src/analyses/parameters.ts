import { z } from 'zod'
import { datasetSchema, interventionsSchema, sumSchema } from '../model/input-schemas'

/**
 * The parameters that more than one analysis has, each with the schema that a question is checked by. An analysis names those
 * that change its answer, beside its own; any other is refused.
 */

/** The set that means are taken over, or that is run. Default 1000 sums of seed 42, drawn as torch draws them. */
const dataset = datasetSchema.exactOptional()

/** Acting throughout, together. */
const interventions = interventionsSchema.exactOptional()

/**
 * `all`, `carries`, `non-carries` (any column carries out, or none) or a pattern such as `*P*G`, its highest column first; behind
 * any of these or alone `cascade:2`, the length of the longest cascade.
 */
const subset = z.string().max(20).exactOptional()

/** Of an analysis of one sum: its means are over the subset of the data set, and what it is resampled from is drawn from that. */
export const ofOneSum = { sum: sumSchema, dataset, subset, interventions }

/** Of an analysis of many sums. */
export const ofSums = { dataset, subset }

/**
 * `meanOver`: the clean activations that a mean is taken over are those of the subset that runs (default), of all sums of the
 * data set, or of the reference set, 1000 sums of seed 42, as for a single sum.
 */
export const ofRunSums = { ...ofSums, meanOver: z.enum(['subset', 'all', 'reference']).exactOptional(), interventions }

/** What a sweep replaces activations by. Default `mean`. */
export const mode = z.enum(['zero', 'mean', 'resample']).exactOptional()

/** `notebook` reproduces the published figure where that has a known defect. Default `corrected`. */
export const definition = z.enum(['corrected', 'notebook']).exactOptional()

/** Of how many sums at most, from the first on, a result tells one by one. */
export const examples = z.int().min(1).max(20_000).exactOptional()

/** Names of tensors or weights to return. */
export const tensors = z.array(z.string().max(100)).max(200).readonly().exactOptional()

/** The parameters that a set of schemas describes. */
export type Described<S extends z.ZodRawShape> = z.output<z.ZodObject<S>>

export type OneSumParams = Described<typeof ofOneSum>
export type SumsParams = Described<typeof ofSums>
export type RunSumsParams = Described<typeof ofRunSums>
export type Definition = 'corrected' | 'notebook'
