import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { cli } from '../support/cli'
import { randomModelFolder } from '../support/model-folder'

const folder = randomModelFolder()
afterAll(() => {
  folder.remove()
})

test('CARRYSCOPE_MODEL names the model, --model overrules it, and tables say which one it was', async () => {
  const other = randomModelFolder()
  const first = async (...args: string[]) =>
    (await cli('analyze', 'carries', '--sums', '3', ...args)).out.split('\n')[0]
  vi.stubEnv('CARRYSCOPE_MODEL', folder.path)
  try {
    expect(await first()).toMatch(`carries of ${basename(folder.path)} (SHA-256 `)
    expect(await first('--model', other.path)).toMatch(`carries of ${basename(other.path)} (SHA-256 `)
    vi.stubEnv('CARRYSCOPE_MODEL', '/no/such.pt')
    expect(await cli('analyze', 'carries')).toEqual({
      code: 2,
      out: '',
      err: 'CARRYSCOPE_MODEL names "/no/such.pt", where there is no model: change it, unset it or give another with --model PATH.\n',
    })
  } finally {
    vi.unstubAllEnvs()
    other.remove()
  }
})

test('a model is read in the layout that is asked for, and told where it then is worse than chance', async () => {
  const model = fileURLToPath(new URL('../../models/sum-3digit-mlp', import.meta.url))
  const right = await cli('evaluate', '--model', model, '--sums', '300', '--json', '-')
  expect(right.err).toBe('')
  expect(JSON.parse(right.out)).toMatchObject({ result: { wrong: 0 }, model: { config: { n_ctx: 12 } } })
  const turned = [
    '--layout',
    '3 digits, answers of 4, units first, first digits 0 to 9',
    '--sums',
    '300',
    '--json',
    '-',
  ]
  const wrong = await cli('evaluate', '--model', model, ...turned)
  expect(JSON.parse(wrong.out)).toMatchObject({
    model: { config: { layout: { answerOrder: 'leastSignificantFirst' } } },
  })
  expect(wrong.err).toMatch(
    /worse than chance.*It adds best \(0\.00\) as 3 digits, answers of 4, first digits 0 to 9\.$/m,
  )
})

test('a layout that the file has no room for is refused', async () => {
  const { code, err } = await cli('evaluate', '--model', folder.path, '--layout', '8 digits')
  expect([code, err]).toEqual([2, expect.stringMatching(/^[A-Z"].*\.\n$/)])
})
