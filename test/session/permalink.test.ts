import { expect, test } from 'vitest'
import { contextLength, publishedLayout } from '../../src/core/task-layout'
import type { ModelConfig } from '../../src/model/config'
import { headSites, mlpSites, modes } from '../../src/model/intervention'
import { labSections } from '../../src/session/lab'
import { formatLink, isSameModel, looksLikeLink, readLink, textOfHash } from '../../src/session/permalink'
import { meanSets, newAnalysis, type AnalysisState } from '../../src/session/session'
import { fc, sumOf } from '../support/arbitraries'

function configOf(numDigits: number): ModelConfig {
  return {
    n_layers: 3,
    n_heads: 4,
    layout: publishedLayout(numDigits),
    d_model: 48,
    d_head: 24,
    d_vocab: 12,
    n_ctx: contextLength(publishedLayout(numDigits)),
    normalization_type: 'LNPre',
    eps: 1e-5,
    d_mlp: 8,
    act_fn: 'relu',
  }
}

const model = { name: 'a model, 50 % & more.pt', sha256: '0123456789abcdef'.repeat(4) }
const seeds = fc.integer({ min: 0, max: 0xffffffff })

function positionsOf(numDigits: number) {
  const some = fc.uniqueArray(fc.nat(contextLength(publishedLayout(numDigits)) - 1), { minLength: 1, maxLength: 5 })
  return fc.oneof(fc.constant('all' as const), some)
}

function interventionOf(numDigits: number) {
  const place = fc.oneof(
    fc.record({
      site: fc.constantFrom(...headSites),
      layer: fc.nat(2),
      head: fc.nat(3),
    }),
    fc.record({ site: fc.constantFrom('resid_pre' as const, ...mlpSites), layer: fc.nat(2) }),
    fc.record({ site: fc.constant('mlp_post' as const), layer: fc.nat(2), neuron: fc.nat(7) }),
  )
  const how = fc.oneof(
    fc.record({ mode: fc.constantFrom('zero' as const, 'mean' as const, 'resample' as const) }),
    fc.record({ mode: fc.constant('resample' as const), seed: seeds }),
    fc.record({ mode: fc.constant('patch' as const), donor: sumOf(numDigits) }),
  )
  return fc.tuple(place, positionsOf(numDigits), how).map(([at, positions, mode]) => ({ ...at, positions, ...mode }))
}

function labOf(numDigits: number) {
  const site = fc.record({
    layer: fc.nat(2),
    head: fc.nat(3),
    position: fc.nat(contextLength(publishedLayout(numDigits)) - 1),
  })
  const donor = fc.array(fc.option(fc.nat(9)), { minLength: 2 * numDigits, maxLength: 2 * numDigits })
  return fc.record({
    donor: fc.option(donor),
    sites: fc.option(fc.array(site, { maxLength: 4 })),
    moves: fc.option(fc.uniqueArray(fc.nat(numDigits - 1))),
    of: fc.constantFrom(...headSites),
    via: fc.constantFrom('', 'q', 'pattern+v', 'direct', 'k@H2.3'),
  })
}

/** Any state that the window can be in with a model of so many digits. */
function analysisOf(numDigits: number): fc.Arbitrary<AnalysisState> {
  return fc.record({
    digits: fc.array(fc.option(fc.nat(9)), { minLength: 2 * numDigits, maxLength: 2 * numDigits }),
    interventions: fc.array(interventionOf(numDigits), { maxLength: 6 }),
    replace: fc.record({
      mode: fc.constantFrom(...modes),
      positions: positionsOf(numDigits),
      donor: fc.string({ maxLength: 20, unit: 'grapheme-ascii' }),
      seed: seeds,
    }),
    focus: fc.nat(numDigits - 1),
    dataset: fc.record({ size: fc.integer({ min: 1, max: 1_000_000 }), seed: seeds }),
    subset: fc.constantFrom('all', 'carries', 'non-carries', 'GPK*GP'.slice(0, numDigits)),
    lab: labOf(numDigits),
    meanOver: fc.constantFrom(...meanSets),
  })
}

test('a link brings back every part of any state, and tells its model', () => {
  const anyState = fc
    .integer({ min: 2, max: 6 })
    .chain((numDigits) => analysisOf(numDigits).map((analysis) => ({ numDigits, analysis })))
  const section = fc.option(fc.constantFrom(...labSections))
  fc.assert(
    fc.property(anyState, section, ({ numDigits, analysis }, lab) => {
      const text = formatLink(model, analysis, configOf(numDigits), lab)
      const link = readLink(text, configOf(numDigits))
      expect(link.analysis).toEqual(analysis)
      expect(link.lab).toBe(lab)
      expect(link.model?.name).toBe(model.name)
      expect(isSameModel(link.model!, model)).toBe(true)
      // Nothing in it is changed by standing behind the # of an address.
      expect(new URL(`http://127.0.0.1:1/token/#${text}`).hash).toBe(`#${text}`)
    }),
    { numRuns: 500 },
  )
})

test('what is as in a new session is left out', () => {
  expect(formatLink({ ...model, name: 'sum' }, newAnalysis([2, 9, null, 8, 1, 6, 0, 6]), configOf(4))).toBe(
    'carryscope:1?model=sum@0123456789abcdef&sum=29_8+1606',
  )
})

const link = 'carryscope:1?model=sum@0123456789abcdef&sum=2968+1606'
test.each([
  ['carryscope:2?model=sum@0&sum=2968+1606&all=new', 'newer Carryscope (link version 2'],
  ['carryscope:', 'This is no link'],
  ['carryscope:1?sum=12+34', 'Its sums have 2 digits'],
  [`${link}&cut=H9.0:q:mean`, 'no layer 9'],
  [`${link}&cut=H0.0:w:mean`, 'There is no site "w"'],
  [`${link}&mode=half`, 'mode "half"'],
  [`${link}&focus=C5`, 'focus digit is C5'],
  [`${link}&focus=one`, '"focus"'],
  [`${link}&at=Q1`, '"replace.positions.0"'],
  [`${link}&sums=none`, '"dataset.size"'],
  [`${link}&site=H2.4@B3`, 'The bench moves H2.4 at p8'],
  [`${link}&site=B3`, '"B3" is not a site'],
  [`${link}&from=12+34`, 'donor has 2 digits'],
  [`${link}&moves=C7`, 'the carry in C7'],
  [`${link}&via=z`, '"lab.via"'],
  [`${link}&via=k@H0.1`, 'through H0.1'],
  [`${link}&more=1`, '"more"'],
  ['carryscope:1?sum=29a8+1606', '"digits.2"'],
])('%s is refused with a sentence', (text, sentence) => {
  expect(looksLikeLink(text)).toBe(true)
  expect(() => readLink(text, configOf(4))).toThrow(sentence)
})

test.each([
  ['#carryscope:1?sum=29_8+1606', 'carryscope:1?sum=29_8+1606'],
  ['#carryscope%3A1%3Fsum%3D29_8%2B1606', 'carryscope:1?sum=29_8+1606'],
  ['#carryscope%3A1%3Fsum%E0%A4%A', 'carryscope:1%3Fsum%E0%A4%A'],
  ['#elsewhere%', 'elsewhere%'],
])('behind the # of an address %s stands %s', (hash, text) => {
  expect(textOfHash(hash)).toBe(text)
})
