// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import OpenHead from '../../src/renderer/circuit/OpenHead.svelte'
import { LabEngine } from '../support/lab-engine'
import { everythingOnScreen } from '../support/on-screen'
import { showPart } from '../support/window-part'

vi.mock('../../src/report/echarts', async (original) => (await import('../support/svg-echarts')).drawnAsSvg(original))

beforeEach(() => {
  everythingOnScreen()
  HTMLElement.prototype.showPopover = () => undefined
  HTMLElement.prototype.hidePopover = () => undefined
})
afterEach(cleanup)

const open = (layer: number, head: number) =>
  showPart(OpenHead as never, new LabEngine(), undefined, { place: { layer, head } })

test('a head is moved to the bench from where the focus digit is predicted, or from where a person chooses', async () => {
  const { explorer } = await open(0, 2)
  await fireEvent.click(screen.getByRole('button', { name: 'Move to the bench' }))
  expect(explorer.session.view).toMatchObject({ workspace: 'lab', labSection: 'bench' })
  expect(explorer.lab.chosen).toEqual([{ layer: 0, head: 2, position: 10 }])
  await fireEvent.change(screen.getByRole('combobox', { name: 'H0.2: position' }), { target: { value: 'B3' } })
  await fireEvent.click(screen.getByRole('button', { name: 'Move to the bench' }))
  expect(explorer.lab.chosen).toEqual([{ layer: 0, head: 2, position: 8 }])
  await fireEvent.change(screen.getByRole('combobox', { name: 'H0.2: position' }), { target: { value: 'C3' } })
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Move to the bench' }).disabled).toBe(true)
  explorer.session.undo()
  explorer.session.undo()
  expect(explorer.session.analysis.lab.sites).toBeNull()
})

test('of the last layer it says why it looks there: parts that add up to the score of a query and a key', async () => {
  await open(1, 1)
  expect(screen.queryByRole('radio', { name: 'Why it looks there' })).not.toBeNull()
  await fireEvent.click(screen.getByRole('radio', { name: 'Why it looks there' }))
  await fireEvent.change(screen.getByRole('combobox', { name: 'H1.1: position' }), { target: { value: '=' } })
  await fireEvent.change(screen.getByRole('combobox', { name: 'H1.1: key' }), { target: { value: 'B2' } })
  const panel = await screen.findByRole('region', { name: 'Why it looks there' })
  await waitFor(() => expect(panel.textContent).toMatch(/H1\.1 from = to B2 scores [−\d.]+/))
  expect(panel.textContent).toMatch(/✓ \d+ parts = score/)
  const score = Number(/scores ([−\d.]+);/.exec(panel.textContent)![1]!.replace('−', '-'))
  const cells = within(panel)
    .getAllByRole('cell')
    .map((each) => Number(each.textContent.replaceAll('−', '-')))
  expect(cells.reduce((sum, value) => sum + value, 0)).toBeCloseTo(score, 1)
})

test('what nothing reads of the last layer cannot be moved to the bench', async () => {
  await open(1, 1)
  const button = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Move to the bench' })
  expect(button().disabled).toBe(false)
  await fireEvent.change(screen.getByRole('combobox', { name: 'H1.1: position' }), { target: { value: 'B2' } })
  expect(button().disabled).toBe(true)
})

test('a head of the first layer has nothing before it to say why', async () => {
  await open(0, 0)
  expect(screen.queryByRole('radio', { name: 'Why it looks there' })).toBeNull()
})
