// @vitest-environment jsdom
import { cleanup } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Drawing } from '../../../src/charts/drawing/drawing'
import type { EngineClient, Method, MethodParams, MethodResult } from '../../../src/contract/contract'
import type { CellMargins, EverySum, ExhaustiveReport } from '../../../src/contract/exhaustive'
import Failures from '../../../src/renderer/failures/Failures.svelte'
import { everySum } from '../../support/every-sum'
import { FakeEngine } from '../../support/fake-engine'
import { until } from '../../support/patience'
import { showPart } from '../../support/window-part'

vi.mock('../../../src/report/echarts', async (original) =>
  (await import('../../support/svg-echarts')).drawnAsSvg(original),
)
const { painted } = vi.hoisted(() => ({ painted: new Map<HTMLCanvasElement, Drawing<unknown>>() }))
vi.mock('../../../src/renderer/charts/paint', () => ({
  paint: (canvas: HTMLCanvasElement, drawing: Drawing<unknown>) => void painted.set(canvas, drawing),
}))

beforeEach(() => {
  for (const name of ['clientWidth', 'clientHeight'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(700)
})
afterEach(() => {
  cleanup()
  painted.clear()
  vi.restoreAllMocks()
})

const total = 25_000_000
const side = 50

/** Of which the first look sees 6.2 everywhere, but 5.4 in the last cell; what is evaluated then is told. */
class Evaluating extends FakeEngine implements EngineClient {
  #tell!: (report: ExhaustiveReport) => void

  override async call<M extends Method>(
    method: M,
    params: MethodParams<M>,
    options: { readonly onProgress?: (progress: never) => void } = {},
  ): Promise<MethodResult<M>> {
    if (method === 'margins') return seen(params as MethodParams<'margins'>) as MethodResult<M>
    if (method !== 'exhaustive') return super.call(method, params)
    this.#tell = (exhaustive) => options.onProgress?.({ done: 1, total, exhaustive } as never)
    return new Promise(() => undefined)
  }

  tell(evaluation: EverySum): void {
    this.#tell({ state: 'running', total, processes: 2, evaluation, sentence: null })
  }
}

function seen({ side }: MethodParams<'margins'>): CellMargins {
  const margin = new Float32Array(side * side).fill(6.2)
  margin[margin.length - 1] = 5.4
  const digit = new Uint8Array(side * side)
  return { side, margin, digit, runnerUp: digit }
}

/** An evaluation of so many sums that has come to one cell, and found the weakest of its sums there. */
function evaluated(n: number, cell: number, margin: number): EverySum {
  const part = everySum(n)
  const at = (values: readonly number[], fill: number) => values.map((_, index) => (index === cell ? fill : NaN))
  const { byPrefix } = part
  return {
    ...part,
    smallestMargin: margin,
    weakest: [{ a: 100 * Math.floor(cell / side), b: 100 * (cell % side), digit: 0, margin, runnerUp: 1 }],
    byPrefix: {
      n: { ...byPrefix.n, data: at(byPrefix.n.data, n).map((count) => count || 0) },
      wrong: byPrefix.wrong,
      marginMin: { ...byPrefix.marginMin, data: at(byPrefix.marginMin.data, margin) },
    },
  }
}

/** The weak end of the map's scale, and the sums that are named on it. */
function shown() {
  const map = [...painted].find(([canvas]) => canvas.isConnected && canvas.closest('[data-map]'))?.[1]
  const words = map?.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : [])) ?? []
  return {
    end: words.find((word) => word.endsWith(' weak')),
    named: words.filter((word) => /\d\+\d/.test(word)),
  }
}

test('the scale of the map ends below every cell on it and every sum that is named, however little is evaluated', async () => {
  const engine = new Evaluating()
  const { explorer } = await showPart(Failures, engine)
  explorer.session.show({ workspace: 'failures' })
  await until(() => expect(shown().named).toContain('4937+4962 5.40'))
  expect(shown().end).toBe('5 weak')

  engine.tell(evaluated(5_000, 10, 5.9))
  await until(() => expect(shown().named).toEqual(expect.arrayContaining(['4937+4962 5.40', '0000+1000 5.90'])))
  expect(shown().end).toBe('5 weak')
  expect(document.body.textContent).toContain('5.40')

  engine.tell(evaluated(50_000, 1500, 3.94))
  await until(() => expect(shown().named).toContain('3000+0000 3.94'))
  expect(shown().end).toBe('3 weak')

  engine.tell(evaluated(2_600_000, 1500, 3.94))
  await until(() => expect(shown().end).toBe('3 weak'))
  engine.tell(evaluated(9_000_000, 2000, 2.37))
  await until(() => expect(shown().named).toContain('4000+0000 2.37'))
  expect(shown().end).toBe('2 weak')
})
