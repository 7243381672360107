import { expect, test } from 'vitest'
import { analyses } from '../../../src/analyses/registry'
import { BadInput } from '../../../src/core/bad-input'
import type { Intervention } from '../../../src/model/intervention'
import { randomModel } from '../../support/random-model'
import { runAnalysis } from '../../support/run-analysis'

const ablated: Intervention = { site: 'result', layer: 0, head: 1, positions: 'all', mode: 'zero' }
const dataset = { size: 4, seed: 1 }

/** Numbers and tensors of a result as text. */
async function shown(id: string, interventions: readonly Intervention[]): Promise<string> {
  const analysis = analyses.find((candidate) => candidate.id === id)!
  const { about } = analysis
  const asked = about === 'weights' ? {} : about === 'sum' ? { dataset, sum: { a: 12, b: 34 } } : { dataset }
  return JSON.stringify(
    await runAnalysis(analysis, randomModel(), { ...asked, ...(interventions.length > 0 && { interventions }) }),
  )
}

const unmoved = [
  ...['dataset', 'weights', 'unembedding', 'ov-circuit', 'qk-circuit', 'carries', 'hierarchy'],
  // These intervene themselves.
  ...['pattern-swap', 'false-token'],
]

test.each(unmoved)('%s refuses interventions, which it could not show', async (id) => {
  await expect(shown(id, [ablated])).rejects.toThrow(
    new BadInput(
      `The analysis "${id}" is not about an intervened run, so interventions change nothing: leave them out.`,
    ),
  )
})

test.each(analyses.map(({ id }) => id).filter((id) => !unmoved.includes(id)))(
  '%s shows what an intervention does, and refuses one that does not fit the model',
  async (id) => {
    expect(await shown(id, [ablated])).not.toBe(await shown(id, []))
    await expect(shown(id, [{ ...ablated, head: 7 }])).rejects.toThrow(BadInput)
  },
)
