import { sumsOf, tokensOf } from '../../core/tokens'
import { resolveEdits } from '../../model/edits'
import { SumPartners } from '../../model/exhaustive/sum-partners'
import type { Intervention } from '../../model/intervention'
import { type Edit, type Model, runAs, type Tokens } from '../../model/model'
import { pickAlong } from '../../model/pick-along'
import { OnnxModel } from '../onnx-model'
import { ReferenceSet } from '../reference-set'

/** The edits that interventions come to wherever no sum is resampled: the same for every sum. */
export async function constantEdits(
  model: Pick<Model, 'name' | 'sha256' | 'config' | 'weights'>,
  interventions: readonly Intervention[],
): Promise<readonly Edit[]> {
  const plain = new OnnxModel(model)
  try {
    const reference = new ReferenceSet(plain)
    return await resolveEdits(plain, interventions, {
      means: (hooks) => reference.means(hooks),
      resampled: () => Promise.reject(new RangeError('What is resampled differs from sum to sum.')),
    })
  } finally {
    await plain.dispose()
  }
}

/**
 * The model under interventions: every run is edited, at all positions; of those asked for, the logits have only them. Means are over
 * the reference set, patches of one sum; a sum is resampled from its partner among all sums that are evaluated (`seededPairing`).
 */
export function intervenedModel(model: Model, interventions: readonly Intervention[]): Model {
  if (interventions.length === 0) return model
  const { layout } = model.config
  const reference = new ReferenceSet(model)
  const isResampled = interventions.some(({ mode }) => mode === 'resample')
  const partners = isResampled ? new SumPartners(layout) : undefined
  const editsFor = (tokens: Tokens) =>
    resolveEdits(model, interventions, {
      means: (hooks) => reference.means(hooks),
      resampled: (seed, hooks) => {
        const sums = sumsOf(tokens, layout).map((sum) => partners!.of(sum, seed))
        return model.run(tokensOf(sums, layout), { outputs: hooks })
      },
    })
  let constant: Promise<readonly Edit[]> | undefined
  return runAs(model, async (tokens, { outputs, positions }) => {
    const edits = isResampled ? await editsFor(tokens) : await (constant ??= editsFor(tokens))
    const run = await model.run(tokens, { outputs, edits })
    if (!positions) return run
    const logits = run.get('logits')!
    const narrowed = {
      ...logits,
      ...pickAlong({ shape: logits.shape, data: Float32Array.from(logits.data) }, 1, positions),
    }
    return new Map([...run, ['logits', narrowed]])
  })
}
