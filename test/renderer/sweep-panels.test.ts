// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Drawing, Mark } from '../../src/charts/drawing/drawing'
import LossDifference from '../../src/renderer/panels/LossDifference.svelte'
import { showPart } from '../support/window-part'
import { until } from '../support/patience'

const painted = vi.hoisted(() => ({ marks: [] as readonly Mark[], times: 0 }))

// There is no canvas here.
vi.mock('../../src/renderer/charts/paint', () => ({
  paint: (_: HTMLCanvasElement, { marks }: Drawing<unknown>) => {
    painted.marks = marks
    painted.times++
  },
}))
vi.mock('../../src/report/echarts', async (original) => (await import('../support/svg-echarts')).drawnAsSvg(original))

beforeEach(() => {
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
  for (const name of ['clientWidth', 'clientHeight'] as const)
    vi.spyOn(HTMLElement.prototype, name, 'get').mockReturnValue(name === 'clientWidth' ? 410 : 150)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

test('arrow keys move through the cells of a chart, a note says what is there, Enter locks the head', async () => {
  const { explorer } = await showPart(LossDifference)
  const plot = await screen.findByRole('img')
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight']) await fireEvent.keyDown(plot, { key })
  expect(screen.getByRole('tooltip', { hidden: true }).textContent).toContain('H0.1 Out, C1')
  await fireEvent.keyDown(plot, { key: 'Enter' })
  expect(explorer.locked).toEqual({ layer: 0, head: 1 })
})

test('the one chart shows what it was last given, and goes with its panel', async () => {
  const { explorer } = await showPart(LossDifference)
  const plot = await screen.findByRole('img')
  await until(() => expect(accented()).toEqual(['C1']))
  explorer.session.change({ focus: 2 })
  await until(() => expect(accented()).toEqual(['C2']))
  expect(plot.querySelectorAll('[_echarts_instance_]')).toHaveLength(1)
  const element = plot.querySelector('[_echarts_instance_]')!
  cleanup()
  expect(element.getAttribute('_echarts_instance_')).toBe('')
})

test('a digit that is typed draws nothing anew that does not depend on it', async () => {
  const { explorer } = await showPart(LossDifference)
  await until(() => expect(accented()).toEqual(['C1']))
  const { times } = painted
  explorer.entry.type(3)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(painted.times).toBe(times)
  explorer.session.change({ focus: 2 })
  await until(() => expect(accented()).toEqual(['C2']))
})

/** The columns that are named in the accent colour. */
function accented(): string[] {
  return painted.marks.flatMap((mark) => (mark.kind === 'text' && mark.weight === 700 ? [mark.text] : []))
}
