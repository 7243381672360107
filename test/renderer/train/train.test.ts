// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/svelte'
import { afterEach, expect, test, vi } from 'vitest'
import type { RunProgress } from '../../../src/contract/training'
import Train from '../../../src/renderer/train/Train.svelte'
import { formats } from '../../../src/renderer/charts/formats'
import { trainingFigure } from '../../../src/renderer/train/training-figure'
import { filmAction } from '../../../src/renderer/train/film-keys'
import { stateText } from '../../../src/renderer/train/words'
import { FakeEngine } from '../../support/fake-engine'
import { fakeRun } from '../../support/fake-run'
import { showPart } from '../../support/window-part'
import { until } from '../../support/patience'

afterEach(cleanup)

/** The workspace with a run of four checkpoints, at 0, 100, 200 and 400 steps, that is over. */
async function shown(engine = new FakeEngine()) {
  engine.run = fakeRun()
  const part = await showPart(Train, engine)
  part.explorer.session.show({ workspace: 'train' })
  await screen.findByRole('listbox', { name: 'Checkpoints' })
  const press = (chord: string) => filmAction(part.explorer.training.film, chord)!()
  return { ...part, press }
}

const selected = () => screen.getByRole('option', { selected: true }).getAttribute('aria-label')
const rows = () => [...document.querySelectorAll('.clean-row, .now-row')].map((row) => row.textContent.trim())

test('keys go through the checkpoints, stay within them, and the sum bar says which is which', async () => {
  const { press } = await shown()
  expect(selected()).toBe('step 100')
  press('.')
  await until(() => {
    expect(selected()).toBe('step 200')
  })
  press('End')
  press('.')
  await until(() => {
    expect(selected()).toBe('step 400, B')
  })
  press('Home')
  await until(() => {
    expect(selected()).toBe('step 0')
  })
  await until(() => {
    expect(rows()).toEqual(expect.arrayContaining(['B: final', 'A: step 0']))
  })
})

test('what is looked at can be pinned as B, and exchanged with it', async () => {
  const { press, explorer } = await shown()
  const { film } = explorer.training
  press('B')
  press('End')
  expect([film.a?.name, film.b?.name]).toEqual(['final', 'step 100'])
  press('X')
  expect([film.a?.name, film.b?.name]).toEqual(['step 100', 'final'])
})

test('the last checkpoint is opened by its folder, unless that has the weights of another as its model', async () => {
  const { explorer } = await shown()
  const { training } = explorer
  expect(training.film.last).toMatchObject({ name: 'final', opens: '/runs/run-1' })
  cleanup()
  const engine = new FakeEngine()
  engine.run = { ...fakeRun(), modelStep: 200 }
  const other = (await showPart(Train, engine)).explorer
  await other.training.show('/runs/run-1')
  expect(other.training.film.subjects.map(({ opens }) => opens)).toEqual([
    '/runs/run-1/checkpoints/step-0',
    '/runs/run-1/checkpoints/step-100',
    '/runs/run-1/checkpoints/step-200',
    '/runs/run-1/checkpoints/step-400',
  ])
})

test('the sum on screen is asked of every checkpoint, the nearest first', async () => {
  const { engine, explorer } = await shown()
  const asked = () =>
    engine.calls.flatMap(({ method, params }) => {
      const of = method === 'explore' ? (params as { of?: { path: string } }).of : undefined
      return of ? [of.path.split('-').at(-1)] : []
    })
  await until(() => {
    expect(asked()).toEqual(['100', '400', '0', '200'])
  })
  explorer.session.change({ digits: [1, 2, 3, 4, 0, 0, 0, 1] })
  await until(() => {
    expect(asked()).toHaveLength(8)
  })
})

test('a run that goes on says how far it is, and is held and gone on with', async () => {
  const engine = new FakeEngine()
  const progress: RunProgress = {
    path: '/runs/run-1',
    state: 'running',
    step: 300,
    steps: 900,
    checkpoint: 200,
    secondsLeft: 360,
    sentence: null,
  }
  engine.runProgress = progress
  await shown(engine)
  const strip = screen.getAllByRole('status').find((status) => status.textContent.includes('run-1'))!
  await until(() => {
    expect(strip.textContent).toContain('300 of 400 steps, 6 min left')
  })
  await fireEvent.click(screen.getByRole('button', { name: /^Pause/ }))
  expect(engine.calls).toContainEqual({ method: 'run', params: { path: '/runs/run-1', action: 'pause' } })
})

test('what is saved of a training says which step it shows, in its name and in the title of the picture', async () => {
  const { explorer, press } = await shown()
  press('.')
  const table = { caption: 'Loss', columns: ['step', 'no carry'], rows: [[0, 2.4]] }
  const [loss, compared] = (['loss', 'table'] as const).map((of) => trainingFigure(explorer, of, () => table))
  const links = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  URL.createObjectURL = () => 'blob:1'
  URL.revokeObjectURL = () => undefined
  for (const figure of [loss!, compared!]) figure.menu.find(({ label }) => label === 'Save as CSV')!.run()
  await until(() => {
    expect(links.mock.contexts.map((link) => (link as HTMLAnchorElement).download)).toEqual([
      'training-loss-step-200.csv',
      'training-comparison-step-200-to-step-400.csv',
    ])
  })
  links.mockRestore()
  const svg = await formats.find(({ name }) => name === 'SVG')!.make(loss!)
  expect(svg).toContain('<title>Loss; step 200; fake (SHA-256')
})

test('without a run there is a sentence, and what can be done', async () => {
  const { explorer } = await showPart(Train)
  explorer.session.show({ workspace: 'train' })
  const none = await screen.findByRole('region', { name: 'No run' })
  expect(none.textContent).toContain('No run yet. Start one, or open a folder with checkpoints.')
  expect(
    within(none)
      .getAllByRole('button')
      .map((button) => button.textContent),
  ).toEqual(['Start a run…', 'Open a folder…'])
})

test('a model that is of no run is nothing to complain of, but a run that is not there any more is', async () => {
  const { explorer } = await showPart(Train)
  const { training } = explorer
  await training.find(null, '/models')
  expect([training.looked, training.failure]).toEqual([true, null])
  await training.find('/runs/gone', '/models')
  expect(training.failure).toContain('has no checkpoints')
})

test('a run says how far it is, and no more than its folder does', () => {
  const run = fakeRun()
  expect(stateText(run, null)).toBe('finished: 400 of 400 steps')
  expect(stateText({ ...run, steps: 900 }, null)).toBe('stopped at 400 of 900 steps')
  expect(stateText({ ...run, plan: null }, null)).toBe('checkpoints up to step 400')
})
