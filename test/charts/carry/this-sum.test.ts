import { expect, test } from 'vitest'
import { carryNeedles } from '../../../src/analyses/carry/carry-needles'
import { hierarchy } from '../../../src/analyses/carry/hierarchy'
import { residualCircle } from '../../../src/analyses/carry/residual-circle'
import { circleChart } from '../../../src/charts/carry/circle-chart'
import { circleInput } from '../../../src/charts/carry/circle-input'
import { needlesOf } from '../../../src/charts/carry/needle-rows'
import { raceCells, raceOf, raceOrder } from '../../../src/charts/carry/race-input'
import { isMarkSeries } from '../../../src/charts/echarts/marks'
import { CirclePlane } from '../../../src/analyses/parts/circle-plane'
import { attentionOf } from '../../../src/analyses/attention/attention'
import { sumDataset } from '../../../src/core/dataset'
import { tokensOf } from '../../../src/core/tokens'
import { randomModel } from '../../support/random-model'
import { entry } from '../../support/run-analysis'
import { display } from '../../support/small-run'

const model = randomModel()
const { layout } = model.config
const context = { model, progress: () => undefined }
const params = { dataset: { size: 120, seed: 5 } }
const sums = sumDataset(params.dataset, layout)
const plane = new CirclePlane(model)
const patterns = [0, 1].map((layer) => `blocks.${layer}.attn.hook_pattern`)
const scores = [0, 1].map((layer) => `blocks.${layer}.attn.hook_attn_scores`)
const run = await model.run(tokensOf(sums, layout), { outputs: [...patterns, ...scores, ...plane.hooks] })

/** The sum at a place of the data set, as if it were on screen. */
function hereOf(example: number) {
  const view = { pattern: attentionOf(run, model, example).pattern, circle: plane.pointsOf(run, example) }
  return { sum: sums[example]!, clean: view, now: view }
}

test('this sum stands where the data set has it on the circle', async () => {
  const result = await residualCircle.run(context, params)
  for (const digit of ['C0', 'C2']) {
    const { stages } = circleInput(result, digit, hereOf(7), false)
    for (const { points, clean } of stages) {
      expect(clean[0]).toBeCloseTo(points[14]!, 4)
      expect(clean[1]).toBeCloseTo(points[15]!, 4)
    }
  }
})

test('another sum on screen leaves the points of the circle the same marks, in either colouring', async () => {
  const result = await residualCircle.run(context, params)
  for (const byCarry of [false, true]) {
    const [one, other, dark] = (
      [
        [7, 'light'],
        [8, 'light'],
        [8, 'dark'],
      ] as const
    ).map(([example, theme]) => {
      const { option } = circleChart(circleInput(result, 'C1', hereOf(example), byCarry), { ...display, theme })
      return [option.series ?? []].flat().filter(isMarkSeries)
    })
    const [points, words] = [0, 1].map((series) => (of: typeof one) => of![series]!.marks)
    expect(points!(one).length).toBeGreaterThan(0)
    points!(one).forEach((mark, index) => expect(points!(other)[index]).toBe(mark))
    expect(words!(one)).not.toEqual(words!(other))
    expect(points!(dark)).not.toEqual(points!(one))
  }
})

test.each([
  [231, 178],
  [231, 221],
  [340, 221],
  [382, 221],
  [391, 221],
  [520, 600],
])('in a panel of %i x %i the words of the circle lie beside each other and inside', async (width, height) => {
  const result = await residualCircle.run(context, params)
  const here = { ...hereOf(7), names: { clean: 'intervened', now: 'transplanted' } }
  const { option } = circleChart(circleInput(result, 'C1', here, false), { ...display, width, height })
  const words = [option.series ?? []]
    .flat()
    .filter(isMarkSeries)
    .flatMap(({ marks }) => marks)
    .flatMap((mark) => (mark.kind === 'text' && mark.text.length > 1 ? [mark] : []))
  expect(words.map(({ text }) => text)).toEqual(expect.arrayContaining(['○ this sum, intervened  ● transplanted']))
  const boxes = words.map(({ text, x, y, size, anchor }) => {
    const wide = 0.53 * size * text.length
    return { text, left: anchor === 'end' ? x - wide : x, right: anchor === 'end' ? x : x + wide, y, size }
  })
  for (const box of boxes) {
    expect(Math.min(box.left, width - box.right, box.y - box.size / 2, height - box.y - box.size / 2)).toBeGreaterThan(
      -1,
    )
    for (const other of boxes)
      if (other !== box && Math.abs(other.y - box.y) < box.size)
        expect(box.left >= other.right || other.left >= box.right, `${box.text} and ${other.text}`).toBe(true)
  }
})

test('needles have this sum’s attention, and say of each whether its digit can read it', async () => {
  const result = await carryNeedles.run(context, params)
  const here = hereOf(3)
  const all = needlesOf({ result, digit: 'C1', layout, here, readOnly: false })
  const read = needlesOf({ result, digit: 'C1', layout, here, readOnly: true })
  expect(all.length).toBeGreaterThan(read.length)
  expect(read.length).toBeGreaterThan(0)
  expect(read.every(({ unread }) => unread === null)).toBe(true)
  for (const { layer, query, unread } of all) if (layer === 1) expect(unread === null).toBe(query === 'C0')
  for (const { clean, layer, index, query, key } of all) {
    const { labels } = result.attentionAuc
    const [from, to] = [labels.query!.indexOf(query), labels.key!.indexOf(key)]
    expect(clean).toBe(entry(here.clean.pattern, layer, index, from, to))
  }
  const distances = all.map(({ auc }) => Math.abs(auc - 0.5))
  expect(distances).toEqual(distances.toSorted((one, other) => other - one))
})

test('the race’s grid has the agreement that the analysis tells, and its order is that of the scores', async () => {
  const result = await hierarchy.run(context, params)
  for (const nine of [false, true]) {
    const race = raceOf({ result, site: 'H0.1@C0', column: 2, nine, layout, here: hereOf(0) })
    const cells = raceCells(race)
    const query = result.agreement.labels.query!.indexOf('C0')
    const agreement = entry(nine ? result.agreementNine : result.agreement, 1, query, 2)
    expect(cells.filter(({ agrees }) => agrees).length / 100).toBeCloseTo(agreement, 12)
    const totals = raceOrder(race).map((digit) => race.scoreA[digit]! + race.scoreB[digit]!)
    expect(totals).toEqual(totals.toSorted((one, other) => other - one))
    expect(race.here!.toA + race.here!.toB).toBeLessThanOrEqual(1)
  }
  expect(raceCells(raceOf({ result, site: 'H0.1@A1', column: 2, nine: false, layout, here: null }))).toEqual([])
})
