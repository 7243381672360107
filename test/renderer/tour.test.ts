// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Method, MethodParams, MethodResult } from '../../src/contract/contract'
import type { ExhaustiveReport } from '../../src/contract/exhaustive'
import Tour from '../../src/renderer/tour/Tour.svelte'
import { everySum } from '../support/every-sum'
import { FakeEngine } from '../support/fake-engine'
import { showPart } from '../support/window-part'
import { until } from '../support/patience'

// There is no canvas here.
vi.mock('../../src/report/echarts', async (original) => (await import('../support/svg-echarts')).drawnAsSvg(original))
beforeEach(() => {
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
})
afterEach(cleanup)

const total = 25_000_000
const none: ExhaustiveReport = { state: 'none', total: 0, processes: 0, evaluation: null, sentence: null }
const wrong = everySum(total, {
  wrong: 3,
  weakest: [
    // The tens add up to 9: the hundreds are wrong.
    { a: 1145, b: 1256, digit: 1, margin: -2, runnerUp: 3 },
    { a: 1111, b: 1111, digit: 2, margin: -1, runnerUp: 3 },
    { a: 1234, b: 4321, digit: 2, margin: 3.25, runnerUp: 4 },
  ],
})
const done: ExhaustiveReport = { state: 'done', total, processes: 2, evaluation: wrong, sentence: null }

/** Keeps an evaluation of every sum, or is asked to make one. */
class Evaluated extends FakeEngine {
  constructor(private kept: ExhaustiveReport) {
    super()
  }

  override async call<M extends Method>(method: M, params: MethodParams<M>): Promise<MethodResult<M>> {
    if (method !== 'exhaustive') return super.call(method, params)
    this.calls.push({ method, params })
    if ((params as MethodParams<'exhaustive'>).action === 'run') this.kept = done
    return this.kept as MethodResult<M>
  }
}

const row = (statement: string) =>
  within(screen.getByRole('list', { name: 'Claims' })).getByRole('button', { name: new RegExp(statement) })
const everySumClaim = () => row('It adds every sum there is')
const nines = () => row('Wrong digits stand left of a column of 9')

async function showTour(kept: ExhaustiveReport) {
  const shown = await showPart(Tour, new Evaluated(kept))
  shown.explorer.session.show({ workspace: 'tour' })
  return shown
}

test('what is kept of every sum of the open model settles the claims about it', async () => {
  const { engine } = await showTour(done)
  await until(() => expect(everySumClaim().textContent).toMatch(/✕ refuted\s+3/))
  await until(() => expect(nines().textContent).toMatch(/✕ refuted\s+50\.0 %/))
  expect(screen.getByRole('region', { name: 'Check' }).textContent).toContain('of 25,000,000')
  const asked = engine.calls.filter(({ method }) => method === 'exhaustive').map(({ params }) => params)
  for (const params of asked) expect(params).toEqual({ interventions: [], action: 'look' })
})

test('where none is kept they say what to do, and are checked as soon as Failures has evaluated every sum', async () => {
  const { explorer } = await showTour(none)
  await until(() => expect(screen.getByRole('region', { name: 'Check' }).textContent).toContain('let Failures'))
  expect(everySumClaim().textContent).toMatch(/\bnot asked\b/)
  expect(screen.getByRole('region', { name: 'Check' }).textContent).toContain('Check, not run on fake')
  expect(screen.getByRole('button', { name: 'Run' })).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Open Failures' }))
  expect(explorer.session.view.workspace).toBe('failures')
  // As Failures does when it is opened.
  explorer.failures.exhaustive.ask([], true)
  await until(() => expect(everySumClaim().textContent).toMatch(/✕ refuted\s+3/))
  await until(() => expect(nines().textContent).toMatch(/✕ refuted\s+50\.0 %/))
})

/** Never gets round to an analysis. */
class Unanswered extends Evaluated {
  override async call<M extends Method>(method: M, params: MethodParams<M>): Promise<MethodResult<M>> {
    return method === 'analyze' ? new Promise(() => undefined) : super.call(method, params)
  }
}

test('a check that has not run says what it is to be run on and what it will measure, and never that it was run', async () => {
  const { tour } = (await showPart(Tour, new Unanswered(none))).explorer
  const check = () => screen.getByRole('region', { name: 'Check' })
  const running = () => tour.claims.findIndex((claim) => tour.stateOf(claim) === 'running' && claim.figure !== null)
  await until(() => expect(running()).toBeGreaterThanOrEqual(0))
  tour.current = running()
  await until(() => expect(check().textContent).toContain('Check, running on fake without interventions'))
  tour.current = tour.claims.length - 1
  await until(() => expect(check().textContent).toContain('Check, to be run on fake without interventions'))
  expect(check().textContent).toContain(`It measures: ${tour.claim.quantities[0]!.name}; confirmed `)
  expect(within(check()).getByRole('button', { name: 'Run' })).toBeTruthy()
})
