// @vitest-environment jsdom
import { cleanup, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import type { AnalysisParams } from '../../src/analyses/registry'
import { answersAt, numberOf } from '../support/explored-loss'
import { paramsOf } from '../../src/charts/figure-params'
import { figureNamed } from '../../src/charts/figure-named'
import { perform } from '../../src/renderer/state/perform'
import StatusLine from '../../src/renderer/shell/StatusLine.svelte'
import SumBar from '../../src/renderer/sum/SumBar.svelte'
import { stepText } from '../../src/renderer/state/state-text'
import { entry, runAnalysis, tensorIn } from '../support/run-analysis'
import { randomModel } from '../support/random-model'
import { showPart } from '../support/window-part'

beforeEach(() => {
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
})
afterEach(cleanup)

const datum = { site: 'k', layer: 0, head: 1, digit: 'all', value: 0 }
const dataset = { size: 60, seed: 3 }

test.each([
  ['qkv-ablation', 'carries', 'mean'],
  ['qkv-ablation-carries', 'all', 'mean'],
  ['qkv-ablation', 'non-carries', 'zero'],
  ['qkv-ablation', 'carries', 'resample'],
] as const)(
  'what is clicked in %s of %s, %s, is the loss difference that Explore then shows',
  async (id, subset, mode) => {
    const { explorer, engine } = await showPart(SumBar)
    explorer.session.change({ dataset, subset })
    // What acts already is no part of the number that is clicked.
    explorer.interventions.flip({ layer: 1, head: 0 }, 'result')
    const figure = figureNamed(id)
    const chosen = { mode }
    const params = paramsOf(figure, explorer.question, false, chosen)!
    const model = randomModel()
    const result = await runAnalysis(analysisNamed('qkv-ablation'), model, params)
    const clicked = entry(tensorIn(result, 'lossDiff'), 1, datum.layer, datum.head)
    const act = figure.show({ result, params, part: '', layout: model.config.layout, chosen }).act!(datum)!
    perform(explorer, act)
    expect(explorer.session.view.workspace).toBe('explore')
    const asked = await answersAt(engine, ({ interventions = [] }: AnalysisParams) => interventions[0]?.site === 'k')
    expect(asked.interventions).toHaveLength(1)
    const { interventions, meanOver, ...clean } = asked
    const now = await numberOf(model, asked)
    expect(now - (await numberOf(model, clean))).toBeCloseTo(clicked, 5)
    const { analysis } = explorer.session
    expect(analysis.meanOver).toBe(mode === 'mean' ? 'subset' : 'reference')
    if (mode === 'mean') {
      const otherwise = await numberOf(model, { ...asked, meanOver: 'reference' })
      expect(Math.abs(otherwise - now)).toBeGreaterThan(1e-5)
      expect(interventions).toBeTruthy()
      expect(meanOver).toBeUndefined()
    }
  },
)

test('one choice of means reaches the sum’s own run, statistics, tables that are not the notebook’s, and the status line', async () => {
  const { explorer, engine } = await showPart(StatusLine as never)
  explorer.session.change({ subset: 'carries', meanOver: 'subset' })
  explorer.interventions.flip({ layer: 0, head: 2 }, 'result')
  const means = { dataset: { size: 1000, seed: 42 }, subset: 'carries' }
  await waitFor(() =>
    expect(engine.calls.findLast(({ method }) => method === 'explore')?.params).toMatchObject({ means }),
  )
  const { question } = explorer
  expect(paramsOf(figureNamed('predictions'), question, false)).toMatchObject(means)
  expect(paramsOf(figureNamed('performance'), question, false)).not.toHaveProperty('meanOver')
  await waitFor(() => expect(document.body.textContent).toContain('means over carries of 1000 sums, seed 42'))

  explorer.session.change({ meanOver: 'all', dataset: { size: 60, seed: 3 } })
  expect(paramsOf(figureNamed('performance'), explorer.question, false)).toMatchObject({ meanOver: 'all' })
  expect(paramsOf(figureNamed('position-ablation'), explorer.question, false)).toMatchObject({ meanOver: 'all' })
  expect(paramsOf(figureNamed('head-ablation'), explorer.question, false)).not.toHaveProperty('meanOver')
  const { steps } = explorer.session.timeline
  expect(stepText(steps.at(-1)!, steps.at(-2))).toContain('means over all sums drawn')
  explorer.session.undo()
  expect(explorer.session.analysis.meanOver).toBe('subset')
})
