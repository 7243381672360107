// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import Explore from '../../src/renderer/Explore.svelte'
import Stage from '../../src/renderer/stage/Stage.svelte'
import { showPart } from '../support/window-part'

// There is no canvas here.
vi.mock('../../src/report/echarts', async (original) => (await import('../support/svg-echarts')).drawnAsSvg(original))
beforeEach(() => {
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
})
afterEach(cleanup)

const head = { layer: 0, head: 2 }
const marks = () => screen.queryAllByText('Preview: no H0.2')
const face = () => screen.getByRole('button', { name: 'H0.2: attention' })

test('a preview says so in every panel that shows it, in the answers and in the verdict, and nowhere else', async () => {
  const { explorer } = await showPart(Explore)
  await waitFor(() => expect(explorer.runs.answers).toHaveLength(4))
  expect(marks()).toHaveLength(0)
  explorer.hover(head)
  await waitFor(() => expect(explorer.runs.previewed).toEqual(head))
  await waitFor(() => expect(marks()).toHaveLength(3))
  // The stand-in for the engine has no W_U for a clock face.
  const panels = [...document.querySelectorAll('section.panel')]
  const shows = panels
    .filter((panel) => panel.textContent.includes('Preview: '))
    .map((panel) => panel.querySelector('h2')!.textContent)
  expect(shows.toSorted()).toEqual(['Circuit', 'Logit attribution, C1', 'Predictions'])
  expect(screen.getByText('Preview', { selector: '.row' })).toBeTruthy()
  expect(screen.getByText(/^preview without H0\.2: truth 4574, model 1574$/)).toBeTruthy()
  explorer.unhover(head)
  await waitFor(() => expect(marks()).toHaveLength(0))
})

test('a preview never reaches the Stage’s sentence', async () => {
  const { explorer } = await showPart(Stage)
  explorer.session.change({ focus: 0 })
  const sentence = () => document.querySelector('.note')!.textContent
  await waitFor(() => expect(sentence()).toContain('Nothing is ablated. Column 0 answers 4.'))
  explorer.hover(head)
  await waitFor(() => expect(explorer.runs.previewed).toEqual(head))
  expect(explorer.runs.answers[0]!.now.text).toBe('1')
  expect(sentence()).toContain('Nothing is ablated. Column 0 answers 4.')
  explorer.interventions.flip({ layer: 1, head: 0 }, 'result')
  await waitFor(() =>
    expect(sentence()).toContain('Without H1.0, column 0 answers 1 instead of 4. 1 of 4 digits is wrong.'),
  )
  await waitFor(() => expect(explorer.runs.answers.filter(({ now }) => now.wrong)).toHaveLength(2))
  expect(sentence()).toContain('1 of 4 digits is wrong.')
})

test('a preview ends when a head is opened by click, and when its tile goes', async () => {
  const { explorer } = await showPart(Explore)
  await fireEvent.pointerEnter(face().parentElement!)
  await waitFor(() => expect(explorer.runs.previewed).toEqual(head))
  await fireEvent.click(face())
  expect(explorer.locked).toEqual(head)
  expect([explorer.hovered, explorer.runs.previewed]).toEqual([null, null])
  await waitFor(() => expect(marks()).toHaveLength(0))

  explorer.hover(head)
  cleanup()
  expect(explorer.hovered).toBeNull()
})

test('what the clean run is shown as is no word about the interventions', async () => {
  const { explorer } = await showPart(Stage)
  explorer.session.change({ focus: 0 })
  explorer.interventions.flip(head, 'result')
  const sentence = () => document.querySelector('.note')!.textContent
  await waitFor(() => expect(sentence()).toContain('Without H0.2'))
  explorer.runs.compare = 'clean'
  await waitFor(() => expect(sentence()).toContain('The clean run is shown. Column 0 answers 4.'))
})
