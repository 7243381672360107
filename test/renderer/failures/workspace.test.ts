// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EngineClient, Method, MethodParams, MethodResult } from '../../../src/contract/contract'
import type { CellMargins, ExhaustiveReport } from '../../../src/contract/exhaustive'
import Failures from '../../../src/renderer/failures/Failures.svelte'
import { everySum } from '../../support/every-sum'
import { FakeEngine } from '../../support/fake-engine'
import { showPart } from '../../support/window-part'
import { until } from '../../support/patience'

// There is no canvas here.
vi.mock('../../../src/report/echarts', async (original) =>
  (await import('../../support/svg-echarts')).drawnAsSvg(original),
)

beforeEach(() => {
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
  for (const name of ['clientWidth', 'clientHeight'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(name === 'clientWidth' ? 410 : 300)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

const total = 25_000_000
const weakest = [
  { a: 4624, b: 4344, digit: 0, margin: 2.37, runnerUp: 9 },
  { a: 1234, b: 4321, digit: 2, margin: 3.25, runnerUp: 4 },
]
const clean = everySum(total, { weakest, smallestMargin: 2.37, cpuSeconds: 120 })
const done: ExhaustiveReport = { state: 'done', total, processes: 2, evaluation: clean, sentence: null }

/** What the host knows of every sum; a call under interventions waits for ever unless it is told what to say. */
class Evaluated extends FakeEngine implements EngineClient {
  constructor(
    private readonly say: (params: MethodParams<'exhaustive'>) => ExhaustiveReport | Promise<ExhaustiveReport>,
  ) {
    super()
  }

  override async call<M extends Method>(method: M, params: MethodParams<M>): Promise<MethodResult<M>> {
    if (method === 'margins') {
      this.calls.push({ method, params })
      return cell(params as MethodParams<'margins'>) as MethodResult<M>
    }
    if (method !== 'exhaustive') return super.call(method, params)
    this.calls.push({ method, params })
    return (await this.say(params as MethodParams<'exhaustive'>)) as MethodResult<M>
  }

  get asked(): string[] {
    return this.calls.flatMap(({ method, params }) =>
      method === 'exhaustive' ? [(params as MethodParams<'exhaustive'>).action] : [],
    )
  }
}

function cell({ side }: MethodParams<'margins'>): CellMargins {
  const [margin, digit] = [new Float32Array(side * side).fill(4), new Uint8Array(side * side)]
  return { side, margin, digit, runnerUp: digit }
}

async function showFailures(say: ConstructorParameters<typeof Evaluated>[0]) {
  const engine = new Evaluated(say)
  const shown = await showPart(Failures, engine)
  shown.explorer.session.show({ workspace: 'failures' })
  await until(() => expect(engine.asked.length).toBeGreaterThan(0))
  return { ...shown, engine }
}

const finding = () =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent.replaceAll(/\s+/g, ' '))
    .join()
const panel = (name: string) => within(screen.getByRole('region', { name: new RegExp(`^${name}`) }))

test('where nothing is wrong it says so with the count, and what is weakest', async () => {
  await showFailures(() => done)
  await until(() => expect(finding()).toContain('Nothing wrong in 25,000,000 sums.'))
  expect(document.body.textContent).toContain('✓ 0 wrong')
  expect(document.body.textContent).toContain('weakest of all')
  expect(document.body.textContent).toContain('done, 60 s on 2 cores')
  await until(() => expect(document.body.textContent).toContain('No sum is wrong. Of 2 with a margin below'))
  await until(() => expect(panel('Weakest sums').getAllByRole('row')).toHaveLength(3))
  const row = await panel('Patterns').findByRole('row', { name: /KKKK/ })
  expect(row.textContent).toContain('25,000,000')
})

test('a weakest sum is opened in Explore by its button', async () => {
  const { explorer } = await showFailures(() => done)
  await fireEvent.click(await screen.findByRole('button', { name: 'Open 4624+4344=8968 in Explore' }))
  expect(explorer.session.view.workspace).toBe('explore')
  expect(explorer.sum).toEqual({ a: 4624, b: 4344 })
})

test('where sums are wrong it counts them, and never says that all are right', async () => {
  const wrong = {
    ...clean,
    wrong: 2,
    wrongSums: { a: Int32Array.of(1, 2), b: Int32Array.of(3, 4), margin: Float64Array.of(-1, -2) },
  }
  await showFailures(() => ({ ...done, evaluation: wrong }))
  await until(() => expect(finding()).toContain('2 of 25,000,000 wrong'))
  expect(document.body.textContent).toContain('✕ 2 wrong')
  expect(document.body.textContent).toContain('>99.999')
})

test('it is paused and gone on with, and run again', async () => {
  const states: Record<string, ExhaustiveReport['state']> = {
    run: 'stopped',
    pause: 'stopped',
    again: 'done',
    look: 'stopped',
  }
  const part = everySum(3_100_000, { weakest })
  const { engine } = await showFailures(({ action }) => ({ ...done, state: states[action]!, evaluation: part }))
  await until(() => expect(document.body.textContent).toContain('3.1 of 25 million, 0 wrong so far, paused'))
  expect(document.body.textContent).toContain('weakest so far')
  await until(() => expect(document.body.textContent).toContain('No sum is wrong so far. Of 2 with a margin below'))
  await fireEvent.click(screen.getByRole('button', { name: /^Pause/ }))
  await until(() => expect(engine.asked).toContain('pause'))
  const before = engine.asked.length
  await fireEvent.click(await screen.findByRole('button', { name: /^Go on/ }))
  await until(() => expect(engine.asked.slice(before)).toContain('run'))
  await fireEvent.click(screen.getByRole('button', { name: 'Run again' }))
  await until(() => expect(engine.asked.at(-1)).toBe('again'))
})

test('a failure is told in its sentence, and Retry asks again', async () => {
  let full = true
  const { engine } = await showFailures(() => {
    if (full) throw new Error('The state could not be kept: make room.')
    return done
  })
  await until(() => expect(finding()).toContain('The state could not be kept: make room.'))
  full = false
  await fireEvent.click(screen.getByRole('button', { name: 'Retry' }))
  await until(() => expect(finding()).toContain('Nothing wrong in 25,000,000 sums.'))
  expect(engine.asked).toEqual(['run', 'run'])
})

test('what is known of the clean model is never shown as that of an intervened one', async () => {
  const { explorer } = await showFailures(({ interventions }) =>
    interventions.length === 0 ? done : new Promise<never>(() => undefined),
  )
  await until(() => expect(finding()).toContain('Nothing wrong'))
  explorer.session.change({
    interventions: [{ site: 'result', layer: 0, head: 2, positions: 'all', mode: 'mean' }],
  })
  await fireEvent.click(screen.getByRole('radio', { name: 'Current interventions' }))
  await until(() => expect(finding()).toContain('For other interventions, being redone.'))
})

test('a pattern is kept bright by a click, and let go by another', async () => {
  const { explorer } = await showFailures(() => done)
  const button = await screen.findByRole('button', { name: 'KKKK' })
  await fireEvent.click(button)
  expect(button.getAttribute('aria-pressed')).toBe('true')
  expect(explorer.failures.pattern).toBe('KKKK')
  await fireEvent.click(button)
  expect(explorer.failures.pattern).toBeNull()
})

test.each([
  ['light', 'darkest = 4, lightest = 5 logits'],
  ['dark', 'lightest = 4, darkest = 5 logits'],
] as const)('in the %s theme a cell says which of its colours is weak', async (theme, words) => {
  const { explorer } = await showFailures(() => done)
  explorer.dark = theme === 'dark'
  await until(() => expect(document.body.textContent).toContain(words))
})
