import { defineAnalysis, type AnalysisContext } from '../analysis'
import { ExamplePairs } from '../parts/example-pairs'
import { exchangedHooks, isolatedRun } from '../parts/isolated-pieces'
import { observedDigits } from '../parts/observed-digits'
import { pairedDigits, pairedSums, type SumPairs } from '../parts/paired-sums'
import { RotationTally } from '../parts/rotation-tally'
import { transplantParameters, transplantPlan, type TransplantParams } from '../parts/transplant-plan'
import { TransplantRuns } from '../parts/transplant-runs'
import { TransplantTally } from '../parts/transplant-tally'
import { defaultDataset } from '../../core/task-layout'
import { chosenSets } from '../running/chosen-sums'

/**
 * What a head at a position carries: its activation is taken from another sum's clean run, and every digit of the answer is
 * either still the recipient's, or has the donor's carry, or is the donor's, or something else.
 */
export const transplant = defineAnalysis({
  id: 'transplant',
  question: 'What happens to each digit if heads at some positions come from another sum?',
  definition:
    'hook_result (or what is named) of the sites is taken from the clean run of another sum, by a seeded pairing of the chosen ' +
    'sums. share: of the pairs whose carry into the digit differs or is the same, how many digits stay own, get the donor’s ' +
    'carry (moved), become the donor’s, or other, the first that fits. exact: share of whole answers as the moved variables ' +
    'predict; perDigit: of the digits that they say change, how many are as predicted, perDigitOwn: still own. rotation: turn of ' +
    'frequency 1 of the logits in degrees over the pairs that should turn, positive with the carry. For single pairs: both sums and ' +
    'the most likely output of each digit (observed).',
  about: 'dataset',
  parameters: transplantParameters,
  async run(context, params) {
    const { sums } = chosenSets(params, context.model.config.layout, context.schedule)
    return transplantOfPairs(context, params, pairedSums(sums, (params.dataset ?? defaultDataset).seed))
  },
})

/** The transplant into given pairs. */
export async function transplantOfPairs(
  { model, progress, schedule }: AnalysisContext,
  params: TransplantParams,
  pairs: SumPairs,
) {
  const { config } = model
  const { sites, of, hypothesis, via } = transplantPlan(params, config)
  const { meanSums } = chosenSets(params, config.layout, schedule)
  const layers = [...new Set(sites.map(({ layer }) => layer))]
  const baseline = via ? exchangedHooks(config) : []
  const runs = new TransplantRuns(model, pairs, params, meanSums, { of, layers, baseline })
  const [tally, rotation] = [new TransplantTally(config.layout.answerDigits), new RotationTally(config)]
  const examples = new ExamplePairs(config.layout, params.examples ?? 0)
  const resultOf = () => ({ of, ...tally.result(config), ...rotation.result(), ...examples.result() })

  for await (const batch of runs.batches()) {
    const digits = pairedDigits(batch.pairs, config.layout, hypothesis)
    const run = via ? await isolatedRun(config, batch, sites, via) : await batch.transplanted(sites)
    const logits = run.get('logits')!
    const observed = observedDigits(logits, config)
    tally.add(digits, observed)
    examples.add(batch.pairs, observed)
    rotation.add(digits, batch.baseline.get('logits')!, logits)
    progress(batch.end, pairs.recipients.length, resultOf())
  }
  return resultOf()
}
