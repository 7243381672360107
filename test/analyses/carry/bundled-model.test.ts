import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { analysisNamed } from '../../../src/analyses/analysis-named'
import type { AnalysisResult } from '../../../src/analyses/analysis'
import type { AnalysisParams } from '../../../src/analyses/registry'
import { parseHeadSite } from '../../../src/core/head-site'
import { publishedLayout } from '../../../src/core/task-layout'
import { loadModel } from '../../../src/engine/load-model'
import { RememberedRuns } from '../../../src/engine/remembered-runs'
import { unclaimedNumbers, writtenNumbers } from '../../support/written-numbers'
import { dataIn, entry, runAnalysis, tensorIn } from '../../support/run-analysis'

/** Every number that docs/carry-lab.md tells of the bundled model, worked out anew. */
const root = resolve(import.meta.dirname, '../../..')
const { model } = await loadModel({ source: { path: resolve(root, 'models/sum-4digit') } })
const remembering = new RememberedRuns(2 ** 29).of(model, 5000)
afterAll(() => model.dispose())

const layout = publishedLayout(4)
const X = { dataset: { size: 5000, seed: 7 } }
const four = { dataset: { size: 4000, seed: 7 } }
const known = new Map<string, Promise<AnalysisResult>>()

/** The answer of an analysis; each is asked once. */
function ask(id: string, params: AnalysisParams = {}): Promise<AnalysisResult> {
  const key = JSON.stringify([id, params])
  const answer = known.get(key) ?? runAnalysis(analysisNamed(id), remembering, params)
  known.set(key, answer)
  return answer
}

/** A share of the map of sites. */
async function alone(name: 'moved' | 'own', site: string, digit: number): Promise<number> {
  const { layer, head, position } = parseHeadSite(site, layout)
  return entry(tensorIn(await ask('transplant-map'), name), layer, head, position, digit)
}

/** Of a transplant over X. */
const transplant = (at: readonly string[], params: AnalysisParams = {}) => ask('transplant', { ...X, at, ...params })
const share = async (answer: Promise<AnalysisResult>, group: 0 | 1, digit: number, outcome: 0 | 1) =>
  entry(tensorIn(await answer, 'share'), group, digit, outcome)
const of = async (answer: Promise<AnalysisResult>, name: string, index: number) => dataIn(await answer, name)[index]!

const pair = ['H0.2@B2', 'H0.1@B3']
const ways = ['q', 'k', 'pattern', 'v', 'pattern+v', 'direct', undefined]
const through = (at: readonly string[], digit: number) =>
  Promise.all(ways.map((via) => share(transplant(at, via === undefined ? {} : { via }), 0, digit, 1)))

async function site(name: string, column: number): Promise<number[]> {
  const races = await ask('hierarchy')
  const { head, position } = parseHeadSite(name, layout)
  const at = (tensor: string, ...rest: number[]) => entry(tensorIn(races, tensor), head, position, column, ...rest)
  return [
    at('attention'),
    ...[0, 1, 2].map((parameter) => at('logCosh', parameter)),
    at('agreement'),
    at('agreementNine'),
  ]
}

async function spanOf(
  answer: Promise<AnalysisResult>,
  name: string,
  pick: (index: number) => boolean,
): Promise<number[]> {
  const values = dataIn(await answer, name).filter((_, index) => pick(index))
  return [Math.min(...values), Math.max(...values)]
}
const lastStage = (index: number) => index >= 8
const power = (frequency: number) => (index: number) => index >= 48 && index % 6 === frequency

const classes = async (...names: string[]) => {
  const result = await transplant(pair, { moves: ['class:2@C1'] })
  const moved = tensorIn(result, 'movedByClass')
  return names.map((name) => entry(moved, moved.labels['class']!.indexOf(name), 1))
}

const worth = async (head: number) => {
  const result = await ask('interaction')
  const mean = (subset: number) =>
    [0, 1, 2, 3].reduce((sum, digit) => sum + entry(tensorIn(result, 'loss'), subset, digit) / 4, 0)
  return [mean(1 << head) - mean(0), dataIn(result, 'shapleyMean')[head]!]
}
const together = async (one: number, other: number) => entry(tensorIn(await ask('interaction'), 'pair'), one, other)

const needle = async (head: string, query: string, key: string, digit: number) => {
  const { layer, head: index, position } = parseHeadSite(`${head}@${query}`, layout)
  const to = parseHeadSite(`${head}@${key}`, layout).position
  return entry(tensorIn(await ask('carry-needles', four), 'attentionAuc'), layer, index, position, to, digit)
}
const probeAt = (params: AnalysisParams) =>
  ask('probe', { ...four, ...params }).then((result) => result['accuracy'] as number)
const atB3 = { hook: 'blocks.0.hook_resid_post', position: 'B3', target: 'carryIn:C1' }

/** A piece of the page, with what its decimal numbers and those of four digits are. */
type Claim = readonly [string, () => Promise<readonly number[]>]

const claims: readonly Claim[] = [
  [
    '| C2 | `H0.2@B3` | 1.000 | 1.000; C3 only .909 | .253 (`H1.1@C1`) |',
    async () => [
      await alone('moved', 'H0.2@B3', 2),
      await alone('own', 'H0.2@B3', 2),
      await alone('own', 'H0.2@B3', 3),
      await alone('moved', 'H1.1@C1', 2),
    ],
  ],
  [
    '| C1 | `H0.2@B2` | .689 | .984 | .260 (`H1.1@C0`) |',
    async () => [
      await alone('moved', 'H0.2@B2', 1),
      await alone('own', 'H0.2@B2', 1),
      await alone('moved', 'H1.1@C0', 1),
    ],
  ],
  [
    '| C0 | `H0.2@=` | .931 | .974 | .337 (`H1.1@=`) |',
    async () => [await alone('moved', 'H0.2@=', 0), await alone('own', 'H0.2@=', 0), await alone('moved', 'H1.1@=', 0)],
  ],
  ['It moves in all 2502 pairs', async () => [await of(transplant(['H0.2@B3'], { moves: ['carry:C2'] }), 'n', 2)]],
  [
    '`perDigit` 1.000, and no control loses C2',
    async () => [await of(transplant(['H0.2@B3'], { moves: ['carry:C2'] }), 'perDigit', 2)],
  ],
  ['only .739 of those pairs', async () => [await of(transplant(['H0.2@B3'], { moves: ['carry:C2'] }), 'exact', 1)]],
  [
    '(`--moves class:3`) and it is .818',
    async () => [await of(transplant(['H0.2@B3'], { moves: ['class:3'] }), 'exact', 1)],
  ],
  [
    'alone moves .680 and `H0.1@B3` alone .256',
    async () => [await share(transplant(['H0.2@B2']), 0, 1, 1), await share(transplant(['H0.1@B3']), 0, 1, 1)],
  ],
  ['Together they move .937', async () => [await share(transplant(pair), 0, 1, 1)]],
  [
    '`perDigit` 1.000 of 2454',
    async () => [
      await of(transplant(pair, { moves: ['class:2@C1'] }), 'perDigit', 1),
      await of(transplant(pair, { moves: ['class:2@C1'] }), 'exactN', 1),
    ],
  ],
  [
    '(`--binary`) it would be .940',
    async () => [await of(transplant(pair, { moves: ['class:2@C1'], binary: true }), 'perDigit', 1)],
  ],
  [
    'GK, KG, PG and PK 1.000, but GP .508',
    async () => [Math.min(...(await classes('GK', 'KG', 'PG', 'PK'))), ...(await classes('GP'))],
  ],
  ['KP .424 and PP 0', async () => classes('KP', 'PP')],
  ['C2 stays right in only .743', async () => [await share(transplant(pair), 1, 2, 0)]],
  [
    ': .976 of the digits that should change',
    async () => [await of(transplant(['H0.2@='], { moves: ['class:1'] }), 'perDigit', 0)],
  ],
  ['C1 stays in .9996 of the controls', async () => [await share(transplant(['H0.2@=']), 1, 1, 0)]],
  ['| `H0.2@B3` | 3 | 1.000 | 6.5 | 4.73 | .999 | **1.00** | .90 |', () => site('H0.2@B3', 3)],
  ['| `H0.2@B2` | 2 | 1.000 | 3.9 | 4.68 | .999 | **1.00** | .90 |', () => site('H0.2@B2', 2)],
  ['| `H0.1@B3` | 2 | 1.000 | 6.7 | 4.23 | .998 | .90 | **1.00** |', () => site('H0.1@B3', 2)],
  ['| `H0.2@=` | 1 | .975 | 2.3 | 4.47 | .998 | .90 | **1.00** |', () => site('H0.2@=', 1)],
  ['| `H0.2@B3` | C2 | 0 | .468 | .468 | .521 | 1.000 | 0 | 1.000 |', () => through(['H0.2@B3'], 2)],
  ['| `H0.2@B2` with `H0.1@B3` | C1 | 0 | .511 | .511 | .417 | .937 | 0 | .937 |', () => through(pair, 1)],
  ['| `H0.2@=` | C0 | .655 | .076 | .807 | .034 | .874 | .021 | .928 |', () => through(['H0.2@='], 0)],
  [
    'by 50.6° ± 18.4 at C2',
    async () => [
      await of(transplant(['H0.2@B3'], { moves: ['carry:C2'] }), 'rotation', 2),
      await of(transplant(['H0.2@B3'], { moves: ['carry:C2'] }), 'rotationSd', 2),
    ],
  ],
  [
    '40.1° ± 23.9 at C0',
    async () => [await of(transplant(['H0.2@=']), 'rotation', 0), await of(transplant(['H0.2@=']), 'rotationSd', 0)],
  ],
  ['holds .66 to .81 of the centroids’ variance', () => spanOf(ask('residual-circle'), 'variance', lastStage)],
  ['.68 to .82 of their power', () => spanOf(ask('residual-circle'), 'power', power(1))],
  ['frequency 2 .16 to .24', () => spanOf(ask('residual-circle'), 'power', power(2))],
  [
    'the unembedding gets .17 to .25 of the digits',
    () => spanOf(ask('logit-lens'), 'accuracy', (index) => index >= 4 && index < 8),
  ],
  ['with an area of 1.000', async () => [await needle('H1.1', 'B3', '+', 2)]],
  ['C1’s carry in .949 of the sums', async () => [await probeAt(atB3)]],
  ['moves it in .256', async () => [await share(transplant(['H0.1@B3']), 0, 1, 1)]],
  ['`analyze probe --sums 4000 --seed 7`: .894 of C0’s digits', async () => [await probeAt({})]],
  ['`H1.1` costs 6.3 nats alone, but its Shapley value is\n  -3.5', () => worth(4)],
  ['`H1.2` costs 2.5 and has -2.1', () => worth(5)],
  ['`H1.0` costs 13.0 and has 1.6', () => worth(3)],
  ['one chain (interaction -11.1 nats', async () => [await together(4, 5)]],
  ['as are `H0.0` and `H0.2` (-13.9)', async () => [await together(0, 2)]],
  [
    'C3 changes in .09 of the controls, and C1 in .03',
    async () => [1 - (await alone('own', 'H0.2@B3', 3)), 1 - (await alone('own', 'H0.2@B3', 1))],
  ],
  ['(C2 kept in .748', async () => [await share(transplant(['H0.1@B3']), 1, 2, 0)]],
  [
    'at `H0.2@=` explains .976 of the changes',
    async () => [await of(transplant(['H0.2@='], { moves: ['class:1'] }), 'perDigit', 0)],
  ],
]

const page = readFileSync(resolve(root, 'docs/carry-lab.md'), 'utf8')

test.each(claims)('the page says "%s"', async (text, values) => {
  expect(page.replaceAll("'", '’')).toContain(text)
  const written = writtenNumbers(text)
  const found = await values()
  expect(written).toHaveLength(found.length)
  written.forEach(({ value, decimals }, index) => {
    const place = `${text}: ${found[index]}`
    // A last figure may tip with the processor's rounding.
    expect(Math.abs(found[index]! - value), place).toBeLessThanOrEqual(0.75 * 10 ** -decimals)
  })
})

test('the page tells no number of the model that is not worked out here', () => {
  expect(
    unclaimedNumbers(
      page.replaceAll("'", '’'),
      claims.map(([text]) => text),
    ),
  ).toEqual([])
})
