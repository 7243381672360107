import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cli } from '../support/cli'

const folder = mkdtempSync(join(tmpdir(), 'carryscope-tour-'))
const evaluation = join(folder, 'every-sum.json')

beforeAll(() => {
  writeFileSync(
    evaluation,
    JSON.stringify({ model: { sha256: 'f00' }, params: { ablate: [] }, result: { n: 1, wrong: 0, wrongSums: [] } }),
  )
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('the tour says of each claim what was found, where, and the command that finds it', async () => {
  const { code, out } = await cli('tour', '--model', 'models/sum-4digit')
  expect(code).toBe(0)
  expect(out).toContain('✓ confirmed: One attention step decides a column’s carry. (hierarchy)')
  expect(out).toContain('H0.2@B3, 100 pairs')
  expect(out).toContain('npm run -s cli -- analyze hierarchy --model models/sum-4digit')
  expect(out).toMatch(/\d+ confirmed, \d+ refuted, \d+ unclear, 2 not asked of 31 claims\.\n$/)
})

test.each([
  ['an evaluation of another model', evaluation, 'is the evaluation of another model'],
  ['a file that is no evaluation', 'package.json', 'holds no exhaustive evaluation'],
  ['a file that is not there', join(folder, 'none.json'), 'cannot be read'],
])('%s is refused in a sentence', async (_, file, sentence) => {
  const { code, err } = await cli('tour', '--model', 'models/sum-4digit', '--evaluation', file)
  expect(code).not.toBe(0)
  expect(err).toContain(sentence)
})
