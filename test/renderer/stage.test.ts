// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/svelte'
import { afterEach, expect, test, vi } from 'vitest'
import Stage from '../../src/renderer/stage/Stage.svelte'
import { FakeEngine, fakeBridge } from '../support/fake-engine'
import { showPart } from '../support/window-part'

// There is no canvas here.
vi.mock('../../src/report/echarts', async (original) => (await import('../support/svg-echarts')).drawnAsSvg(original))
afterEach(cleanup)

test('what the host has to say is said on the Stage too, until it is dismissed', async () => {
  let tell: (sentence: string) => void = () => undefined
  const bridge = { ...fakeBridge(), onNotice: (told: typeof tell) => void (tell = told) }
  await showPart(Stage, new FakeEngine(), bridge)
  const sentence = 'The engine stopped (exit code 9) and is started again; nothing you did is lost.'
  expect(screen.queryByText(sentence)).toBeNull()

  tell(sentence)
  expect(await screen.findByText(sentence)).toBeTruthy()
  await fireEvent.click(screen.getByRole('button', { name: 'Dismiss the notice' }))
  expect(screen.queryByText(sentence)).toBeNull()
})
