import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { analyzed, entriesOf, tensorOf } from '../support/cli'
import { largestDifference } from '../support/compare'
import { hasReference, needsReference, readReference, referenceFolder } from '../support/reference-data'

/**
 * The published notebook's figures, number by number, from the JSON of the command line. Tolerances: 1e-4 absolute, 3e-4 on logits
 * and attributions, 1e-5 relative on the radii of polar plots.
 */
interface Trace {
  readonly name: string
  readonly x: number[]
  readonly y: number[]
  readonly z: number[][]
  readonly r: number[]
  readonly theta: number[]
  readonly error_y: { readonly array: number[] }
}

const [examples, heads, digits] = [
  ['2968+1606', '2262+0672'],
  [0, 1, 2],
  [0, 1, 2, 3],
]
const headNames = ['H0.0', 'H0.1', 'H0.2', 'H1.0', 'H1.1', 'H1.2']
const published = ['--definition', 'notebook']

const compared = new Set<string>()
function figure(name: string): Trace[] {
  compared.add(`${name}.json`)
  return (readReference(`notebook/${name}.json`) as { traces: Trace[] }).traces
}

function close(found: readonly number[], saved: readonly number[], tolerance = 1e-4) {
  expect(largestDifference(found, saved)).toBeLessThan(tolerance)
}

/** Points of a polar plot: radii to 1e-5 of themselves, angles to 1e-4 of a turn's radius. */
function closePolar(radii: readonly number[], angles: readonly number[], { r, theta }: Pick<Trace, 'r' | 'theta'>) {
  expect(radii.length).toBe(r.length)
  radii.forEach((radius, index) => {
    expect(Math.abs(radius / r[index]! - 1)).toBeLessThan(1e-5)
    expect(2 * Math.abs(Math.sin((angles[index]! - theta[index]!) / 2))).toBeLessThan(1e-4)
  })
}

const transposed = (z: readonly number[][]) => z[0]!.map((_, column) => z.map((row) => row[column]!))
/** The figures draw what is masked as 0. */
const drawn = (values: readonly number[]) => values.map((value) => (Number.isNaN(value) ? 0 : value))

describe.skipIf(!hasReference)(`the published notebook through the command line (${needsReference})`, () => {
  test('cell 8: probabilities', async () => {
    const { z } = figure('cell08_fig0')[0]!
    const probs = tensorOf(await analyzed('predictions', '--sum', examples[0]!), 'probs')
    close(entriesOf(probs), transposed(z).flat())
  })

  test('cells 9 to 15 and 43: the unembedding', async () => {
    const unembedding = await analyzed('unembedding')
    const of = (name: string, chosen = {}) => entriesOf(tensorOf(unembedding, name), chosen)
    const d_model = (unembedding.result['significantDims'] as string[]).map(Number)
    close(of('W_U'), figure('cell09_fig0')[0]!.z.flat())
    close(of('fftMagnitude', { d_model }), figure('cell10_fig0')[0]!.z.flat())
    closePolar(
      of('fftMagnitude', { d_model, freq: 1 }),
      of('fftPhase', { d_model, freq: 1 }),
      figure('cell11_fig0')[0]!,
    )
    close(of('gram'), figure('cell12_fig0')[0]!.z.flat())
    closePolar(of('gramFftMagnitude', { freq: 1 }), of('gramFftPhase', { freq: 1 }), figure('cell13_fig0')[0]!)
    close(of('singularValues'), figure('cell14_fig0')[0]!.y)
    figure('cell14_fig1').forEach(({ y }, component) => close(of('leftSingularVectors', { component }), y))
    const [plane] = figure('cell15_fig0')
    close(of('digitProjections', { component: 0 }), plane!.x)
    close(of('digitProjections', { component: 1 }), plane!.y)
    close(of('reconstruction'), figure('cell43_fig0')[0]!.z.flat())
  })

  test('cell 18: heads', async () => {
    const lossDiff = tensorOf(await analyzed('head-ablation'), 'lossDiff')
    close(entriesOf(lossDiff), figure('cell18_fig0')[0]!.z.flat())
  })

  test.each([
    ['cell20_fig0', 'all'],
    ['cell38_fig0', 'carries'],
  ])('%s: queries, keys and values of %s', async (name, subset) => {
    const lossDiff = tensorOf(await analyzed('qkv-ablation', '--subset', subset), 'lossDiff')
    close(entriesOf(lossDiff), figure(name)[0]!.z.flat())
  })

  test.each([0, 1])('cell 21: attention of layer 0, example %i', async (example) => {
    const pattern = tensorOf(await analyzed('attention', '--sum', examples[example]!), 'pattern')
    close(
      drawn(entriesOf(pattern, { layer: 0 })),
      (figure(`cell21_fig${example}`)[0]!.z as unknown[]).flat(2) as number[],
    )
  })

  test('cells 22 and 23: QK circuits of layer 0, of queries 0 to 12 as drawn', async () => {
    const circuit = await analyzed('qk-circuit', ...published)
    for (const head of heads) {
      const { z } = figure(`cell22_fig${head}`)[0]!
      const [query, key] = [z.map((_, row) => row), z[0]!.map((_, column) => column)]
      close(entriesOf(tensorOf(circuit, 'full'), { head, query, key }), z.flat())
    }
    const { z } = figure('cell23_fig0')[0]!
    const place = z.map((_, row) => row)
    close(entriesOf(tensorOf(circuit, 'positional'), { head: 0, query: place, key: place }), z.flat())
  })

  test.each([0, 1])('cell 25: attribution of C0, example %i', async (example) => {
    const attribution = tensorOf(await analyzed('dla', '--sum', examples[example]!, ...published), 'attribution')
    close(entriesOf(attribution, { digit: 'C0' }), figure(`cell25_fig${example}`)[0]!.z.flat(), 3e-4)
  })

  test('cell 26: attribution of the right digit, mean and spread', async () => {
    const summary = await analyzed('dla-summary', ...published)
    for (const [fig, name] of [
      [0, 'mean'],
      [1, 'std'],
    ] as const)
      for (const { name: component, y } of figure(`cell26_fig${fig}`))
        close(entriesOf(tensorOf(summary, name), { component }), y, 3e-4)
  })

  test('cell 28: paths to C0', async () => {
    const attribution = tensorOf(await analyzed('path-dla', '--sum', examples[0]!, ...published), 'attribution')
    close(entriesOf(attribution, { digit: 'C0' }), figure('cell28_fig0')[0]!.z.flat(), 3e-4)
  })

  test('cell 30: the answer as an angle', async () => {
    const fourier = await analyzed('fourier-dla', '--sum', examples[0]!, ...published)
    const of = (name: string, chosen = {}) => entriesOf(tensorOf(fourier, name), chosen)
    const traces = figure('cell30_fig0')
    const tip = ({ r, theta }: Trace) => ({ r: r.slice(1), theta: theta.slice(1) })
    for (const digit of digits) {
      const trace = (name: string) => traces.find((one) => one.name === `${name} ${digit}`)!
      const last = { component: headNames.slice(3), digit }
      closePolar(of('magnitude', last), of('phase', last), trace('DLA'))
      closePolar(of('predictionMagnitude', { digit }), of('predictionPhase', { digit }), tip(trace('prediction')))
      closePolar(of('correctMagnitude', { digit }), of('correctPhase', { digit }), tip(trace('correct dir')))
    }
  })

  test.each([
    ['cell33_fig0', 'embeddings', 0],
    ['cell33_fig4', 'embeddings', 1],
    ['cell33_fig8', 'embeddings', 2],
    ['cell35_fig4', 'summed', 1],
  ])('%s: the OV circuit on %s of the heads numbered %i', async (name, tensor, head) => {
    const circuit = await analyzed('ov-circuit')
    const [heatmap, polar] = figure(name)
    const pair = { head0: head, head1: head }
    const of = (suffix: string, chosen = {}) =>
      entriesOf(tensorOf(circuit, `${tensor}${suffix}`), { ...pair, ...chosen })
    close(of(''), heatmap!.z.flat())
    closePolar(of('FftMagnitude', { freq: 1 }), of('FftPhase', { freq: 1 }), polar!)
  })

  test.each([
    ['cell40_fig0', 'carry', 'C0'],
    ['cell40_fig1', 'noCarry', 'C0'],
    ['cell40_fig2', 'carry', 'C1'],
  ])('%s: attention where there is %s, from the position of %s', async (name, group, digit) => {
    const attention = await analyzed('carry-attention', ...published)
    figure(name).forEach(({ y, error_y }, head) => {
      const chosen = { group, digit, head, key: y.map((_, key) => key) }
      close(entriesOf(tensorOf(attention, 'mean'), chosen), y)
      close(entriesOf(tensorOf(attention, 'std'), chosen), error_y.array)
    })
  })

  test('every saved figure was compared', () => {
    expect([...compared].sort()).toEqual(readdirSync(join(referenceFolder, 'notebook')).sort())
  })
})
