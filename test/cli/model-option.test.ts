import { basename } from 'node:path'
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
