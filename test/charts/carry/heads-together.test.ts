import { expect, test } from 'vitest'
import { interaction } from '../../../src/analyses/carry/interaction'
import { aloneOf, chosenHead, worthsClosure, worthsOf } from '../../../src/charts/carry/head-worths'
import { costBySize, latticeEdges, latticeNodes } from '../../../src/charts/carry/lattice-layout'
import { figures } from '../../../src/charts/registry'
import { publishedLayout } from '../../../src/core/task-layout'
import { randomModel } from '../../support/random-model'
import { withChart } from '../../support/golden-picture'
import { display } from '../../support/small-run'

const context = { model: randomModel(), progress: () => undefined }
const result = await interaction.run(context, { dataset: { size: 30, seed: 2 } })

test.each(['mean', 'C1'])('what heads are worth for %s adds up, and the costs by size have it for their mean', (of) => {
  const worths = worthsOf(result, of)
  expect(worthsClosure(worths)).toBeLessThan(1e-10)
  worths.heads.forEach((_, head) => {
    const costs = costBySize(worths, head)
    expect(costs.map(({ count }) => count)).toEqual([1, 5, 10, 10, 5, 1])
    const mean = costs.reduce((sum, cost) => sum + cost.mean / costs.length, 0)
    expect(mean).toBeCloseTo(worths.shapley[head]!, 10)
    expect(costs[0]!.mean).toBeCloseTo(aloneOf(worths, head), 10)
  })
})

test('the values of the mean are those of the analysis, and of a digit its own', () => {
  const digits = result.loss.shape[1]!
  expect(worthsOf(result, 'mean').shapley).toEqual(Array.from(result.shapleyMean.data))
  const ofC1 = Array.from(result.shapley.data).filter((_, at) => at % digits === 1)
  worthsOf(result, 'C1').shapley.forEach((value, head) => expect(value).toBeCloseTo(ofC1[head]!, 12))
})

test('every subset is a node once, none lies on another, and every line ablates one more head', () => {
  const worths = worthsOf(result, 'mean')
  const high = Math.max(...worths.subsets.map(({ loss }) => loss)) / 25
  const nodes = latticeNodes(worths, high, 10)
  expect(nodes).toHaveLength(64)
  for (const one of nodes)
    for (const other of nodes)
      if (one !== other && one.size === other.size && Math.abs(one.loss - other.loss) < high)
        expect(Math.abs(one.aside - other.aside)).toBeGreaterThanOrEqual(1)
  const edges = latticeEdges(nodes, 6)
  expect(edges).toHaveLength(6 * 32)
  for (const { from, to, head } of edges) expect([...from.heads, head].toSorted()).toEqual([...to.heads].toSorted())
})

test('a node ablates exactly its heads in Explore, in place of all that acts', () => {
  const figure = figures.find(({ id }) => id === 'ablation-lattice')!
  const shown = figure.show({ result, params: {}, part: 'mean', layout: publishedLayout(4) })
  const node = { subset: 5, heads: [0, 2], loss: 1, size: 2, aside: 0 }
  expect(shown.act!(node)).toEqual({
    words: 'ablate exactly these in Explore',
    interventions: [
      { site: 'result', layer: 0, head: 0, positions: 'all', mode: 'mean' },
      { site: 'result', layer: 0, head: 2, positions: 'all', mode: 'mean' },
    ],
    alone: true,
  })
})

test.each(['head-worths', 'interaction', 'ablation-lattice'])(
  '%s is a chart that ECharts paints, large and small',
  (id) => {
    const figure = figures.find((one) => one.id === id)!
    const shown = figure.show({
      result,
      params: {},
      part: 'mean',
      layout: publishedLayout(4),
      chosen: { 'worth-head': 'H1.2' },
    })
    for (const size of [display, { ...display, width: 900, height: 430 }]) {
      const picture = shown.draw!(size)
      if (!('option' in picture)) throw new TypeError(`${id} is no chart`)
      const svg = withChart(picture, (chart) => chart.renderToSVGString())
      expect(svg).toContain('H1.2')
      expect(svg).not.toMatch(/NaN|undefined/)
    }
  },
)

test('the head that is chosen is the one named, else the one worth the most', () => {
  const worths = worthsOf(result, 'mean')
  expect(chosenHead(worths, 'H1.2')).toBe(5)
  expect(worths.shapley[chosenHead(worths, undefined)]).toBe(Math.max(...worths.shapley))
})
