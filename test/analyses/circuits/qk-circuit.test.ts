import { expect, test } from 'vitest'
import { qkCircuit } from '../../../src/analyses/circuits/qk-circuit'
import { sumDataset } from '../../../src/core/dataset'
import { tokensOf } from '../../../src/core/tokens'
import { publishedLayout } from '../../../src/core/task-layout'
import { largestDifference } from '../../support/compare'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference, readReference } from '../../support/reference-data'
import { entry, numberIn, runAnalysis, tensorIn } from '../../support/run-analysis'

const dataset = { size: 1, seed: 11 }

// A score is the query times the key of (position + token) / its own scale; the circuit divides by the mean scale instead.
test('the keys of a position and of the token there add up to the real score, but for the scale and b_K', async () => {
  const model = randomModel()
  const [sum] = sumDataset(dataset, publishedLayout(4))
  const hooks = ['ln1.hook_scale', 'attn.hook_attn_scores', 'attn.hook_q'].map((name) => `blocks.0.${name}`)
  const tokens = tokensOf([sum!], publishedLayout(4))
  const run = await model.run(tokens, { outputs: hooks })
  const result = await runAnalysis(qkCircuit, model, { dataset })
  const full = tensorIn(result, 'full')
  const b_K = model.weights.get('blocks.0.attn.b_K')!.data
  const W_K = model.weights.get('blocks.0.attn.W_K')!.data
  const lnBias = Array.from(model.weights.get('blocks.0.ln1.b')!.data)
  const constantKey = (head: number) =>
    Array.from(
      { length: 5 },
      (_, column) =>
        b_K[head * 5 + column]! +
        lnBias.reduce((total, bias, row) => total + bias * W_K[(head * 12 + row) * 5 + column]!, 0),
    )
  for (let head = 0; head < 3; head++)
    for (const [query, key] of [
      [9, 3],
      [12, 12],
      [5, 0],
    ] as const) {
      const fromBias = constantKey(head).reduce(
        (total, bias, column) => total + bias * run.get(hooks[2]!)!.data[(query * 3 + head) * 5 + column]!,
        0,
      )
      const parts = entry(full, head, query, key) + entry(full, head, query, 14 + tokens.data[key]!)
      const ownScale = numberIn(result, 'scale') / run.get(hooks[0]!)!.data[key]!
      const score = entry(run.get(hooks[1]!)!, 0, head, query, key)
      expect(parts * ownScale + fromBias / Math.sqrt(5)).toBeCloseTo(score, 10)
    }
})

test('positional rows sum to 1 over what is not masked, and only the notebook draws masked cells as 0', async () => {
  const corrected = tensorIn(await runAnalysis(qkCircuit, randomModel(), { dataset }), 'positional')
  const notebook = await runAnalysis(qkCircuit, randomModel(), { dataset, definition: 'notebook' })
  for (let query = 0; query < 14; query++) {
    const row = Array.from({ length: 14 }, (_, key) => entry(corrected, 2, query, key))
    expect(row.slice(0, query + 1).reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 12)
    expect(row.slice(query + 1).every(Number.isNaN)).toBe(true)
  }
  expect(entry(tensorIn(notebook, 'positional'), 2, 3, 4)).toBe(0)
  expect(entry(tensorIn(notebook, 'full'), 2, 3, 4)).toBe(0)
})

test('keys are labelled as what they are: fourteen positions, then twelve tokens', async () => {
  const labels = tensorIn(await runAnalysis(qkCircuit, randomModel(), { dataset }), 'full').labels['key']!
  expect([labels[0], labels[13], labels[14], labels[25]]).toEqual(['A0', 'C3', 'token 0', 'token ='])
})

interface Figure {
  readonly traces: readonly [{ readonly z: number[][] }]
}

// The figures show queries 0 to 12, and keys without the last, which is the token = and not, as labelled, a position.
test.skipIf(!hasReference).each([0, 1, 2])(`the published circuit of head 0.%i (${needsReference})`, async (head) => {
  const [{ z }] = (readReference(`notebook/cell22_fig${head}.json`) as Figure).traces
  const full = tensorIn(await runAnalysis(qkCircuit, publishedOnnx(), { definition: 'notebook' }), 'full')
  const found = z.flatMap((row, query) => row.map((_, key) => entry(full, head, query, key)))
  expect(largestDifference(found, z.flat())).toBeLessThan(1e-4)
})

test.skipIf(!hasReference)(
  `the published positional circuit, and by how much it errs (${needsReference})`,
  async () => {
    const [{ z }] = (readReference('notebook/cell23_fig0.json') as Figure).traces
    const model = publishedOnnx()
    const notebook = tensorIn(await runAnalysis(qkCircuit, model, { definition: 'notebook' }), 'positional')
    const found = z.flatMap((row, query) => row.map((_, key) => entry(notebook, 0, query, key)))
    expect(largestDifference(found, z.flat())).toBeLessThan(1e-4)
    const corrected = tensorIn(await runAnalysis(qkCircuit, model), 'positional')
    const shown = Array.from(corrected.data, (weight) => (Number.isNaN(weight) ? 0 : weight))
    expect(largestDifference(shown, notebook.data)).toBeCloseTo(0.37, 1)
  },
)
