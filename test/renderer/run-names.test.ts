// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { paramsOf } from '../../src/charts/figure-params'
import { figureNamed } from '../../src/charts/figure-named'
import { Figure } from '../../src/renderer/charts/figure.svelte'
import { formats } from '../../src/renderer/charts/formats'
import { askedText } from '../../src/renderer/figures/asked-text'
import FigurePanel from '../../src/renderer/figures/FigurePanel.svelte'
import CarryAttention from '../../src/renderer/panels/CarryAttention.svelte'
import LossDifference from '../../src/renderer/panels/LossDifference.svelte'
import { progressText } from '../../src/renderer/parts/progress-text'
import SumBar from '../../src/renderer/sum/SumBar.svelte'
import { FakeEngine } from '../support/fake-engine'
import { showPart } from '../support/window-part'

// There is no canvas here.
vi.mock('../../src/report/echarts', async (original) => (await import('../support/svg-echarts')).drawnAsSvg(original))
beforeEach(() => {
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
})
afterEach(cleanup)

/** Never gets round to what is asked of many sums. */
class Unanswered extends FakeEngine {
  override call: FakeEngine['call'] = (method, params) =>
    method === 'analyze' ? new Promise(() => undefined) : super.call(method, params)
}

const head = { layer: 0, head: 2 }
const csv = formats.find(({ name }) => name === 'CSV')!

test('a file calls the state pinned as A by its letter, and never clean', async () => {
  const { explorer } = await showPart(SumBar)
  const table = { caption: 'Losses', columns: ['class', 'loss clean', 'loss intervened'], rows: [['KKKK', 1, 2]] }
  const declared = figureNamed('carry-classes')
  const figure = new Figure(explorer, () => ({ figure: declared, params: {}, result: null, table }))
  expect(await csv.make(figure)).toContain('class,loss clean')
  explorer.interventions.flip(head, 'result')
  explorer.pin('a')
  explorer.session.show({ against: 'a' })
  const saved = await csv.make(figure)
  expect(saved).toMatch(/^class,loss A.*,loss B/)
  expect(saved).not.toContain('clean')
})

test('A and B of different sums are each judged by their own right answer, which is told', async () => {
  const { explorer } = await showPart(SumBar)
  explorer.interventions.flip(head, 'result')
  explorer.pin('a')
  explorer.session.change({ digits: [1, 2, 3, 4, 4, 3, 2, 1], interventions: [] })
  explorer.session.show({ against: 'a' })
  await waitFor(() => expect(explorer.runs.sums).toEqual({ a: { a: 2968, b: 1606 }, b: { a: 1234, b: 4321 } }))
  expect(screen.getByText('A 2968+1606')).toBeTruthy()
  expect(screen.getByText('not 4')).toBeTruthy()
  expect(screen.getByText('B: truth 5555, model 5555')).toBeTruthy()
})

test('“Loss difference” names the mode of the values that it shows', async () => {
  const { explorer } = await showPart(LossDifference)
  await screen.findByText('each head alone vs clean, μ mean, nats')
  explorer.interventions.replaceBy({ mode: 'zero' })
  await screen.findByText('each head alone vs clean, 0 zero, nats')
})

test('the attention of the last layer names its run and the position that it looks from', async () => {
  const { explorer } = await showPart(CarryAttention, new Unanswered())
  expect(screen.getByRole('heading').textContent).toBe('Attention from C0 · p10, predicts C1')
  expect(screen.getByText('clean, mean ± sd')).toBeTruthy()
  explorer.interventions.flip(head, 'result')
  await screen.findByText('intervened, mean ± sd')
})

test.each(['head-ablation', 'qkv-ablation-carries', 'position-ablation', 'qk-full'])(
  '%s, which leaves the interventions out, says so while any act',
  async (id) => {
    const { explorer } = await showPart(FigurePanel as never, undefined, undefined, { figure: figureNamed(id) })
    expect(screen.queryByText('clean model')).toBeNull()
    explorer.interventions.flip(head, 'result')
    await screen.findByText('clean model')
  },
)

test('an estimate is named as one, and counts have their plural', () => {
  expect(progressText({ done: 0, total: 100_000 }, 48)).toBe('estimate from 48 sums')
  expect(progressText({ done: 512, total: 6000, runsPerSum: 6 })).toBe('85 of 1000 sums')
  expect(progressText({ done: 0, total: 1 })).toBe('0 of 1 sum')
})

test('one mean: what is over other sums than the reference set takes its means over that too, and says so', async () => {
  const { explorer, engine } = await showPart(SumBar)
  const asked = () =>
    engine.calls.flatMap(({ params }) => {
      const { id, params: of } = params as { id?: string; params?: { interventions?: unknown[]; meanOver?: string } }
      return id === 'performance' && of?.interventions ? [of.meanOver] : []
    })
  explorer.interventions.flip(head, 'result')
  await waitFor(() => expect(asked()).toEqual([undefined]))
  explorer.session.change({ dataset: { size: 1, seed: 7 } })
  await waitFor(() => expect(asked()).toEqual([undefined, 'reference']))
  explorer.session.change({ dataset: { size: 1000, seed: 42 }, subset: 'carries' })
  await waitFor(() => expect(asked()).toEqual([undefined, 'reference', 'reference']))
  const figure = figureNamed('performance')
  const params = paramsOf(figure, explorer.question, false)!
  expect(params).toMatchObject({ subset: 'carries', meanOver: 'reference' })
  expect(askedText(figure, params, explorer.model)).toContain('means over the reference set, 1000 sums, seed 42')
  // The notebook's tables take the mean of the sums that they run.
  const table = paramsOf(figureNamed('head-ablation'), explorer.question, false)!
  expect(table).not.toHaveProperty('meanOver')
  expect(askedText(figureNamed('head-ablation'), table, explorer.model)).toContain('means over these sums')
})
