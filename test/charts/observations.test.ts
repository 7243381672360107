import { beforeAll, expect, test } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import type { AnalysisParams } from '../../src/analyses/registry'
import { partsOf, type Chosen } from '../../src/charts/figure'
import { paramsOf } from '../../src/charts/figure-params'
import { figureNamed } from '../../src/charts/figure-named'
import type { Model } from '../../src/model/model'
import { hasReference, needsReference, publishedModel } from '../support/reference-data'
import { runAnalysis } from '../support/run-analysis'

/** What the published notebook says it sees, cell by cell, as the figures' own sentences tell it of the published model. */

let model: Model
beforeAll(() => {
  if (hasReference) model = publishedModel()
})

const state: AnalysisParams = { sum: { a: 2968, b: 1606 }, dataset: { size: 60, seed: 42 }, subset: 'all' }

async function findings(id: string, chosen: Chosen = {}, asked: AnalysisParams = {}): Promise<Record<string, string>> {
  const figure = figureNamed(id)
  const params = { ...paramsOf(figure, state, false, chosen)!, ...asked }
  const result = await runAnalysis(analysisNamed(figure.analysis), model, params)
  return Object.fromEntries(
    partsOf(figure, result).map((part) => [
      part,
      figure.show({ result, params, part, layout: model.config.layout, chosen }).finding,
    ]),
  )
}

test.skipIf(!hasReference).for([
  ['9', 'unembedding', '', /^4 of 48 dimensions do the reading: 19, 25, 26, 37 hold 98\.4 % of W_U\.$/],
  ['10', 'unembedding-fft', '', /^Frequency 1 holds 99\.0 % of these rows/],
  [
    '11',
    'unembedding-arrows',
    '',
    /26 and 19 \(176° apart\) are the most opposed, and 37 and 19 \(88° apart\) the nearest to a quarter/,
  ],
  ['13', 'unembedding-gram-arrows', '', /^A clock face, on which each digit is 25 to 50° further/],
  ['14', 'unembedding-singular-values', '', /^2 of 10 directions hold 99\.1 % of W_U\.$/],
  ['14', 'unembedding-directions', '', /^Direction 1 lies 95 % along dimension 37/],
  ['15', 'unembedding-plane', '', /a clock face/],
  ['20', 'qkv-ablation', '', /in layer 0 queries \+0\.00\d\d .* values \+\d\d\.\d \(H0\.2\)/],
  ['21', 'attention', 'H0.2', /At its own column: C0 0\.00, C1 0\.95, C2 0\.98, C3 0\.97\.$/],
  [
    '21',
    'mean-attention',
    '',
    /: C0 H0\.0 \(0\.9\d\), C1 H0\.2 \(0\.\d\d\), C2 H0\.1 \(0\.9\d\), C3 H0\.\d \(0\.9\d\)\.$/,
  ],
  ['22', 'qk-full', 'H0.0', /^Query C1 · p11 \(predicts C2\) .* in the order 0 9 1 8 2 7 3 6 4 5\.$/],
  ['23', 'qk-positional', 'H0.2', /^From = · p9 \(predicts C0\) it would look most at A1 · p1: 0\.52\.$/],
  [
    '25',
    'dla',
    'C0',
    /^0 of 10 parts alone would answer 4 too\. Most .* comes from H1\.0: \+51\.4 logits, where all add \+33\.3\.$/,
  ],
  [
    '26',
    'dla-summary',
    '',
    /^The heads of layer 1 add 1\d\d\.\d % at C0, \d\d\.\d % at C1, \d\d\.\d % at C2 and \d\d\.\d % at C3 of/,
  ],
  [
    '28',
    'path-dla',
    'C1',
    /^2 of 21 parts alone would answer 5 too\. Most .* comes from H0\.2 ➔ H1\.0: \+50\.6 logits/,
  ],
  ['30', 'fourier-dla', '', /^The prediction points at the right digit everywhere, at most 16° aside/],
  ['32', 'path-dla-batch', 'C2', /^At C2, of the long paths \S+( ➔ \S+)? points the same way the most, along −?\d+°/],
  ['33', 'ov-embeddings', 'H0.0 → H1.1', /all digits push the same way/],
  ['35', 'ov-summed', 'H0.1 → H1.0', /5 6 7 8 9 push one way, 0 1 2 3 4 the other/],
  ['38', 'qkv-ablation-non-carries', '', /in layer 1 queries .*, keys \+0\.\d+ /],
  [
    '40',
    'carry-attention',
    '',
    /^A carry moves H1\.\d the most, from .*: its attention to .* is 0\.\d\d with a carry, 0\.\d\d without\.$/,
  ],
  ['42', 'unembedding-fourier', '', /^Frequency 1 holds 99\.0 % of W_U/],
] as const)(`cell %s: what %s %s says (${needsReference})`, async ([, id, part, sentence]) => {
  expect((await findings(id))[part]).toMatch(sentence)
})

test.skipIf(!hasReference)(
  `cell 37: sums carry into the columns as they do, not as was published (${needsReference})`,
  async () => {
    const said = await findings('carries', {}, { dataset: { size: 1000, seed: 42 } })
    expect(said['']).toBe('826 of 1000 sums carry somewhere: 515 into C0, 477 into C1 and 440 into C2.')
  },
)

test.skipIf(!hasReference)(`cell 18: which head each digit needs the most (${needsReference})`, async () => {
  const said = await findings('head-ablation', {}, { dataset: { size: 200, seed: 42 } })
  expect(said['']).toMatch(/^H0\.2 \(\+19\.9 nats\) .* without H0\.1 at C0, C2 and C3 and H0\.2 at C1\.$/)
})
