import { expect, test } from 'vitest'
import { analysisNamed } from '../../../src/analyses/analysis-named'
import { overSteps } from '../../../src/analyses/over-steps'
import { paramsOf } from '../../../src/charts/figure-params'
import { linearScale } from '../../../src/charts/training/scales'
import { stepsFigures } from '../../../src/charts/training/steps-figures'
import type { AnalysisParams } from '../../../src/analyses/registry'
import { figureSvg } from '../../../src/report/figure-svg'
import { reportFiles } from '../../../src/report/report-files'
import { makeReport } from '../../../src/report/report'
import { fakeModel } from '../../support/fake-engine'
import { randomModel, smallConfig } from '../../support/random-model'
import { runAnalysis } from '../../support/run-analysis'
import { display } from '../../support/small-run'

const config = smallConfig({ n_heads: 2, numDigits: 2, d_model: 10 })
const steps = [0, 100, 900]
const states = steps.map((_, seed) => randomModel(config, seed + 1))

async function asked(id: string, params: AnalysisParams) {
  const results = []
  for (const model of states) results.push(await runAnalysis(analysisNamed(id), model, params))
  return overSteps(steps, results)
}

test.each(stepsFigures.map((figure) => ({ figure, id: figure.id })))(
  '"$id" draws a curve for each of its numbers, and its table has them all',
  async ({ figure }) => {
    const params = paramsOf(figure, { dataset: { size: 12, seed: 1 } }, false)!
    const result = await asked(figure.analysis, params)
    const shown = figure.show({ result, params, part: '', layout: config.layout })
    expect(shown.table.rows.map(([step]) => step)).toEqual(['0', '100', '900'])
    for (const row of shown.table.rows)
      expect(row.every((value) => typeof value === 'string' || Number.isFinite(value))).toBe(true)
    expect(shown.finding).toMatch(/^3 states from step 0 to 900: .+ changes most, from .+ to .+\.$/)
    const picture = shown.draw!({ ...display, width: 520, height: 340 })
    expect(picture.targets).toHaveLength(3)
    expect(shown.note(picture.targets[1]!.datum).subject).toBe('step 100')
    const svg = figureSvg(picture, '#ffffff')
    for (const name of shown.table.columns.slice(1)) expect(svg).toContain(`>${name}</text>`)
  },
)

test('the heads’ curves are those of the ablation at each step', async () => {
  const figure = stepsFigures.find(({ id }) => id === 'heads-over-steps')!
  const params = { dataset: { size: 12, seed: 1 } }
  const { table } = figure.show({
    result: await asked('head-ablation', params),
    params,
    part: '',
    layout: config.layout,
  })
  const { lossDiff } = await runAnalysis(analysisNamed('head-ablation'), states[1]!, params)
  expect(table.columns).toEqual(['step', 'H0.0', 'H0.1', 'H1.0', 'H1.1'])
  expect(table.rows[1]!.slice(1)).toEqual([...(lossDiff as { data: Float64Array }).data])
})

test('a report exports them as it does all others, in a chapter of their own and with the command', async () => {
  const model = { ...fakeModel(), config }
  const work = {
    ask: (id: string, params: AnalysisParams, over: boolean) => {
      expect(over).toBe(true)
      return asked(id, { ...params, ...(params.dataset && { dataset: { size: 12, seed: 1 } }) })
    },
    progress: () => {},
    giveWay: async () => {},
  }
  const files = reportFiles(await makeReport(stepsFigures, model, work))
  const page = files.find(({ path }) => path === 'report.html')!.content
  expect(page).toContain('<h2 id="training">Over the training</h2>')
  expect(page).toContain('npm run -s cli -- analyze head-ablation --checkpoints')
  const figures = files.map(({ path }) => path).filter((path) => path.startsWith('figures/'))
  expect(figures.toSorted()).toEqual(stepsFigures.map(({ id }) => `figures/${id}.svg`).toSorted())
})

test.each([
  [[0, 34], '0 10 20 30 40'],
  [[-0.02, 0.5], '0.0 0.2 0.4 0.6'],
  [[-0.3, 0.5], '−0.4 −0.2 0.0 0.2 0.4 0.6'],
  [[0], '0.0 0.2'],
])('an axis of %j is written at round numbers', (values, texts) => {
  const scale = linearScale(values)
  const { ticks } = scale
  expect(ticks.map(({ text }) => text).join(' ')).toBe(texts)
  expect(scale.place(0)).toBeGreaterThanOrEqual(0)
  expect(ticks.at(-1)!.at).toBeCloseTo(1, 12)
})
