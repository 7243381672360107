import { afterAll, expect, test } from 'vitest'
import { cli } from '../support/cli'
import { randomModelFolder } from '../support/model-folder'

const folder = randomModelFolder()
afterAll(() => {
  folder.remove()
})
const model = ['--model', folder.path]

test.each([['--model'], ['--sum'], ['--subset'], ['--ablate'], ['--definition'], ['--json'], ['--xyz'], ['--seed']])(
  'whatever is written after %s, the sentence is one line of fewer than 300 characters',
  async (option) => {
    for (const text of ['x'.repeat(5000), 'H0.1:q:'.repeat(900), `${'a/'.repeat(2000)}\u001b[2J\n"`]) {
      const { code, out, err } = await cli('analyze', 'dla', ...(option === '--model' ? [] : model), option, text)
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(/^[^\u0000-\u001f]{20,299}\.\n$/)
    }
  },
)

test('a word of any length is told of in one sentence, wherever it stands', async () => {
  const long = 'word'.repeat(2000)
  for (const args of [[long], ['analyze', long], ['list', long], ['export', long], ['merge', long]]) {
    const { code, err } = await cli(...args)
    expect(code).toBe(2)
    expect(err).toMatch(/^[^\n]{20,299}\.\n$|^[^\n]{20,299}\)\.\n$/)
  }
})
