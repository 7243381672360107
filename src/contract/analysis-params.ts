import { z } from 'zod'
import { datasetSchema, interventionsSchema, sumSchema } from '../model/input-schemas'

/** What every process on the way to an analysis has to know of its question; the rest is the analysis's own. */
export const analysisParamsSchema = z.looseObject({
  sum: sumSchema.exactOptional(),
  dataset: datasetSchema.exactOptional(),
  interventions: interventionsSchema.exactOptional(),
})
