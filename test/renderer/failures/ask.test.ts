// @vitest-environment jsdom
import { expect, test, vi } from 'vitest'
import { askFailures } from '../../../src/renderer/failures/ask'

function failures() {
  let end!: () => void
  const looked = new Promise<void>((resolve) => (end = resolve))
  const ask = vi.fn()
  const explorer = { failures: { exhaustive: { report: null, ask }, look: () => looked } }
  return { explorer: explorer as never, ask, looked, end }
}

test('processes that evaluate are started after a first look, once', async () => {
  const { explorer, ask, looked, end } = failures()
  askFailures(explorer, [], true)
  expect(ask).not.toHaveBeenCalled()
  end()
  await looked
  expect(ask).toHaveBeenCalledExactlyOnceWith([], true)
})

test('a first look that takes long is not waited for', () => {
  vi.useFakeTimers()
  try {
    const { explorer, ask } = failures()
    askFailures(explorer, [], true)
    vi.runAllTimers()
    expect(ask).toHaveBeenCalledOnce()
  } finally {
    vi.useRealTimers()
  }
})

test('what is wished for no more after a first look is not asked', async () => {
  const { explorer, ask, looked, end } = failures()
  askFailures(explorer, [], true)()
  end()
  await looked
  expect(ask).not.toHaveBeenCalled()
})
