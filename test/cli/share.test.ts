import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cli } from '../support/cli'

const folder = mkdtempSync(join(tmpdir(), 'carryscope-share-'))
const bundled = ['--model', 'models/sum-4digit']
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

test('the page of the tour holds the very numbers that the tour tells as JSON', { timeout: 180_000 }, async () => {
  const file = join(folder, 'tour.html')
  const { code, out } = await cli('share', 'tour', '--out', file, ...bundled)
  expect(code).toBe(0)
  expect(out).toBe(`Wrote "The tour of sum-4digit", 31 states, to ${file}.\n`)
  const page = readFileSync(file, 'utf8')
  const told = await cli('tour', '--json', '-', ...bundled)
  const [, tour] = /<script type="application\/json" id="tour">([^<]*)<\/script>/.exec(page)!
  expect(JSON.parse(tour!)).toEqual(JSON.parse(told.out))
})

test('a deck becomes a page of its states', { timeout: 120_000 }, async () => {
  const file = join(folder, 'deck.html')
  const { code, out } = await cli('share', 'resources/decks/how-the-carry-moves.deck.json', '--out', file, ...bundled)
  expect(code).toBe(0)
  expect(out).toContain('"How the carry moves", 9 states')
})

test.each([
  ['nothing to share', ['--out', join(folder, 'x.html')], 'missing required argument'],
  ['no file to write', ['tour'], '--out'],
  [
    'a place that cannot be written',
    ['tour', '--out', join(folder, 'none', 'page.html')],
    'The page cannot be written',
  ],
  ['a file that is not there', [join(folder, 'none.json'), '--out', join(folder, 'x.html')], 'cannot be read'],
  ['a file that is neither', ['package.json', '--out', join(folder, 'x.html')], 'is not a session'],
])('%s is refused in a sentence', async (_, args, sentence) => {
  const { code, err } = await cli('share', ...args)
  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(err.trim().split('\n')).toHaveLength(1)
  expect(err.length).toBeLessThan(300)
})

test('an evaluation of every sum is the tour’s alone', async () => {
  const session = join(folder, 'deck.json')
  writeFileSync(session, readFileSync('resources/decks/how-the-carry-moves.deck.json'))
  const { code, err } = await cli(
    'share',
    session,
    '--out',
    join(folder, 'x.html'),
    '--evaluation',
    session,
    ...bundled,
  )
  expect(code).toBe(2)
  expect(err).toContain('leave --evaluation out')
})
