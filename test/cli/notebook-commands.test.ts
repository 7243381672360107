import { afterAll, expect, test } from 'vitest'
import { analysisNamed } from '../../src/analyses/analysis-named'
import { cli, type Envelope } from '../support/cli'
import { randomModelFolder } from '../support/model-folder'
import { cellRows, type CellRow } from '../support/notebook-cells'
import { checkpointPath, hasReference } from '../support/reference-data'

/** The documentation's table from the published notebook's cells to commands: every command in it is run, on few sums. */
const prefix = 'npm run -s cli -- '
const asPublished = '--definition notebook'

const titled = (row: CellRow): [string, CellRow] => [
  `cell ${row.cells.join(', ')}: ${row.command.slice(prefix.length)}`,
  row,
]

const folder = randomModelFolder()
afterAll(() => {
  folder.remove()
})
const model = hasReference ? checkpointPath : folder.path

const answers = new Map<string, Promise<Envelope>>()

/** The JSON of a command as the documentation writes it; each is run once. */
function answerOf(command: string): Promise<Envelope> {
  const known = answers.get(command) ?? run(command)
  answers.set(command, known)
  return known
}

async function run(command: string): Promise<Envelope> {
  expect(command.startsWith(prefix)).toBe(true)
  const args = command.slice(prefix.length).split(' ')
  const { about } = analysisNamed(args[1]!)
  const few = about === 'weights' || args.includes('--sums') ? [] : ['--sums', '50']
  const { code, out, err } = await cli(...args, ...few, '--model', model, '--json', '-')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return JSON.parse(out) as Envelope
}

/** The 24 cells that draw and the 5 that print. */
const cells = [
  ...[4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 18, 20, 21, 22, 23],
  ...[25, 26, 28, 30, 32, 33, 35, 37, 38, 40, 42, 43],
]

test('the table has every cell of the notebook that shows something, in its order', () => {
  expect(cells).toHaveLength(24 + 5)
  expect([...new Set(cellRows.flatMap((row) => row.cells))]).toEqual(cells)
})

test.each(cellRows.map(titled))('%s', async (_, { command, names }) => {
  expect(names.length).toBeGreaterThan(0)
  const { result } = await answerOf(command)
  expect(Object.keys(result)).toEqual(expect.arrayContaining([...names]))
  for (const name of names) expect(result[name]).not.toBeNull()
})

const corrected = cellRows.filter(({ differs }) => differs.includes(asPublished))
test.each(corrected.map(titled))('%s is another result as published', async (_, { command, names }) => {
  const { result } = await answerOf(command)
  const published = (await answerOf(`${command} ${asPublished}`)).result
  expect(published['definition']).toBe('notebook')
  expect(names.map((name) => published[name])).not.toEqual(names.map((name) => result[name]))
})

test('cell 37: the counts as published are a row of their own', async () => {
  const { command } = cellRows.find(({ cells }) => cells.includes(37))!
  expect((await answerOf(command)).result['perColumn']).toMatchObject({
    labels: { definition: ['carryIn', 'carryOut', 'notebook'] },
  })
})
