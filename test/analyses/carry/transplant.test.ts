import { expect, test } from 'vitest'
import { transplant, transplantOfPairs } from '../../../src/analyses/carry/transplant'
import type { AnalysisParams } from '../../../src/analyses/registry'
import { pairedSums, type SumPairs } from '../../../src/analyses/parts/paired-sums'
import { runAs, type Model } from '../../../src/model/model'
import { columnsOf } from '../../../src/core/columns'
import { answerDigitsOf } from '../../../src/core/tokens'
import { sumDataset } from '../../../src/core/dataset'
import { publishedLayout } from '../../../src/core/task-layout'
import { RememberedRuns } from '../../../src/engine/remembered-runs'
import { expectRates, flat, labReference, type Nested } from '../../support/lab-reference'
import { numpyPairs } from '../../support/numpy-pairing'
import { publishedOnnx } from '../../support/published-onnx'
import { randomModel } from '../../support/random-model'
import { hasReference, needsReference } from '../../support/reference-data'
import { dataIn, entry, runAnalysis, tensorIn, type Report } from '../../support/run-analysis'

const published = { dataset: { size: 5000, seed: 7 } }
/** Hundreds of transplants into the same sums. */
const model = hasReference ? new RememberedRuns(2 ** 29).of(publishedOnnx(), 5000) : undefined
/** The very pairs of the reference: another pairing has other rare cases, so that no share of it is exact. */
const pairs = numpyPairs(sumDataset(published.dataset, publishedLayout(4)), 7)
const of = (params: AnalysisParams) =>
  transplantOfPairs({ model: model as Model, progress: () => undefined }, { ...published, ...params }, pairs)

interface Site {
  readonly share?: Nested
  readonly n?: Nested
  readonly movedByClass?: Nested
  readonly nByClass?: Nested
  readonly exactCounterfactual: number
}
interface Piece {
  readonly moved: number
  readonly own: number
  readonly rotationMean: number
  readonly rotationSd: number
}

const sites = hasReference
  ? (labReference('published_transplant.json')['sites'] as unknown as Record<string, Site>)
  : {}

test.skipIf(!hasReference)(
  `shares are those of float64 at every site of the published model (${needsReference})`,
  async () => {
    for (const [name, { share, n, movedByClass, nByClass, exactCounterfactual }] of Object.entries(sites)) {
      const [at, moves] = name.split(' moves ')
      const result = await of({ at: at!.split('+'), ...(moves !== undefined && { moves: [`carry:${moves}`] }) })
      expectRates([entry(result.exact, 0)], [exactCounterfactual], `${name} exact`)
      if (!share) continue
      expect(Array.from(result.n.data), `${name} n`).toEqual(flat(n))
      expect(Array.from(result.nByClass.data), `${name} n by class`).toEqual(flat(nByClass))
      expectRates(result.share.data, flat(share), `${name} share`)
      expectRates(result.movedByClass.data, flat(movedByClass), `${name} by class`)
    }
  },
)

test.skipIf(!hasReference)(`whole answers are as the moved class predicts (${needsReference})`, async () => {
  interface Row {
    readonly all: number
    readonly changed: number
    readonly unchanged: number
    readonly perdigit_changed: readonly (number | null)[]
  }
  const rows = labReference('published_interchange.json')['rows'] as unknown as Record<string, Row>
  for (const [name, row] of Object.entries(rows)) {
    const [, at, column, digits, kind] = /^(\S+) class of column (\d) -> (\S+) (tri|bin)$/.exec(name)!
    const result = await of({ at: at!.split('+'), moves: [`class:${column}@${digits}`], binary: kind === 'bin' })
    expectRates(result.exact.data, [row.all, row.changed, row.unchanged], name)
    expectRates(result.perDigit.data, flat(row.perdigit_changed), `${name} per digit`)
  }
})

// Fifty transplants of 5000 pairs, which share little: a busy machine takes its time.
test.skipIf(!hasReference)(`pieces of layer 1 move what they move in float64 (${needsReference})`, async () => {
  const rows = labReference('published_isolated.json')['rows'] as unknown as Record<
    string,
    { pieces: Record<string, Piece> }
  >
  for (const [name, { pieces }] of Object.entries(rows)) {
    const [at, digit] = name.split(' -> ') as [string, string]
    for (const [piece, wanted] of Object.entries(pieces)) {
      const via = viaOf(piece)
      const place = Number(digit.slice(1))
      const moves = [`class:${at === 'H0.0@B3' ? 3 : place + 1}@${digit}`]
      const result = await of({ at: at.split('+'), moves, ...(via !== undefined && { via }) })
      const what = `${name} via ${piece}`
      const found = [result.perDigit.data[place]!, result.perDigitOwn.data[place]!]
      expectRates(found, [wanted.moved, wanted.own], what)
      // Angles that jump from one side to the other average to anything; those that turn the answer do not.
      if (wanted.rotationSd < 10) {
        const angle = entry(result.rotation, place)
        expect(Math.abs(angle - wanted.rotationMean), `${what}: ${angle}`).toBeLessThanOrEqual(1)
      }
    }
  }
})

/** `H1.0 pattern+v` and `q+k (pattern)` as they are asked for; undefined for the whole transplant. */
function viaOf(piece: string): string | undefined {
  if (piece === 'all') return undefined
  const [head, what] = piece.startsWith('H') ? piece.split(' ') : [undefined, piece.replace('q+k (pattern)', 'pattern')]
  return head === undefined ? what : `${what}@${head}`
}

const small = { dataset: { size: 300, seed: 5 } }

test.each([['result'], ['q'], ['pattern'], ['v']] as const)(
  'shares of %s add up to 1, and groups to all pairs',
  async (what) => {
    const result = await runAnalysis(transplant, randomModel(), { ...small, at: ['H0.1@=', 'H1.2@C1'], of: what })
    const [share, n] = [tensorIn(result, 'share'), tensorIn(result, 'n')]
    for (let digit = 0; digit < 4; digit++) {
      for (const group of [0, 1]) {
        const total = [0, 1, 2, 3].reduce((sum, outcome) => sum + entry(share, group, digit, outcome), 0)
        if (entry(n, group, digit) > 0) expect(total).toBeCloseTo(1, 12)
        else expect(total).toBeNaN()
      }
      expect(entry(n, 0, digit) + entry(n, 1, digit)).toBe(300)
    }
  },
)

test('pairs told one by one are those that the shares are of', async () => {
  const at = ['H0.1@=', 'H0.2@B3']
  const result = await runAnalysis(transplant, randomModel(), { ...small, at, examples: 300 })
  const [operands, donors, observed] = ['operands', 'donorOperands', 'observed'].map((name) =>
    dataIn(result, name),
  ) as [number[], number[], number[]]
  const layout = publishedLayout(4)
  const sums = sumDataset(small.dataset, layout)
  expect(operands).toEqual(sums.flatMap(({ a, b }) => [a, b]))
  const outcomes = sums.map((sum, pair) => {
    const donor = { a: donors[2 * pair]!, b: donors[2 * pair + 1]! }
    const [own, other] = [columnsOf(sum, layout).carryIn[1], columnsOf(donor, layout).carryIn[1]]
    return { differs: own !== other, isOwn: observed[4 * pair + 1] === answerDigitsOf(sum, layout)[1] }
  })
  const differing = outcomes.filter(({ differs }) => differs)
  expect(entry(tensorIn(result, 'n'), 0, 1)).toBe(differing.length)
  expect(entry(tensorIn(result, 'share'), 0, 1, 0)).toBeCloseTo(
    differing.filter(({ isOwn }) => isOwn).length / differing.length,
    12,
  )
  expect(await runAnalysis(transplant, randomModel(), { ...small, at })).not.toHaveProperty('observed')
})

test('through every piece of the last layer and past it a transplant does what it does', async () => {
  const params = { ...small, at: ['H0.1@=', 'H0.2@B3', 'H0.0@C1'] }
  const whole = await runAnalysis(transplant, randomModel(), params)
  for (const via of ['q+k+v+direct', 'pattern+v+direct'])
    expect(dataIn(await runAnalysis(transplant, randomModel(), { ...params, via }), 'share')).toEqual(
      dataIn(whole, 'share'),
    )
})

test('shares fill in batch by batch', async () => {
  const reports: Report[] = []
  await runAnalysis(transplant, randomModel(), { dataset: { size: 500, seed: 2 } }, reports)
  expect(reports.map(({ partial }) => entry(tensorIn(partial!, 'n'), 1, 3))).toEqual([200, 400, 500])
})

test.each<[string, AnalysisParams]>([
  ['only one sum', { dataset: { size: 1, seed: 1 } }],
  ['stands after every position', { at: ['H0.0@C3'] }],
  ['no head H7.0', { at: ['H7.0@='] }],
  ['cannot begin there', { at: ['H1.0@='], via: 'q' }],
  ['not in the last layer', { via: 'q@H0.1' }],
  ['no way through', { via: 'x' }],
  ['not a variable', { moves: ['carry'] }],
  ['"at"', { at: [] }],
])('bad input is told in a sentence: %s', async (words, params) => {
  const failure: unknown = await runAnalysis(transplant, randomModel(), { ...small, ...params }).catch(
    (error: unknown) => error,
  )
  expect(String(failure)).toContain(words)
  expect(String(failure).length).toBeLessThan(300)
})

test('donors that are recipients too give what they give in runs of their own, across batches', async () => {
  const oracle = randomModel()
  const dataset = { size: 230, seed: 4 }
  const { recipients, donors } = pairedSums(sumDataset(dataset, publishedLayout(4)), 4)
  const runs: number[] = []
  const counted = runAs(oracle, (tokens, options) => {
    runs.push(tokens.shape[0]!)
    return oracle.run(tokens, options)
  })
  const ask = (pairs: SumPairs) =>
    transplantOfPairs({ model: counted, progress: () => undefined }, { dataset, at: ['H0.1@5'], examples: 230 }, pairs)
  const known = await ask({ recipients, donors })
  expect(runs).toEqual([200, 30, 200, 30])
  // Sums that are equal, but none of the recipients, have to be run.
  const run = await ask({ recipients, donors: donors.map((donor) => ({ ...donor })) })
  expect(runs.slice(4)).toEqual([200, 200, 200, 30, 30, 30])
  expect(known).toEqual(run)
})
