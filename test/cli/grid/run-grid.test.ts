import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parseAxis } from '../../../src/cli/grid/grid-axes'
import { GridFolder, type Grid } from '../../../src/cli/grid/grid-folder'
import { rankingOf, rankingText } from '../../../src/cli/grid/ranking'
import { runGrid, type GridWork } from '../../../src/cli/grid/run-grid'
import { planOfRun } from '../../../src/cli/grid/train-grid'
import { cli } from '../../support/cli'

const scratch = mkdtempSync(join(tmpdir(), 'carryscope-grid-'))
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

const tiny = {
  digits: '2',
  layers: '1',
  heads: '1',
  dModel: '8',
  dHead: '4',
  batchSize: '16',
  steps: '30',
  interval: '20',
}
const grid: Grid = { axes: [parseAxis('seeds=0-1'), parseAxis('learning-rate=0,5e-2')], options: tiny }

/** Runs the commands in this process, and notes them. */
function work(given: Partial<GridWork> = {}): GridWork & { readonly commands: string[] } {
  const commands: string[] = []
  return {
    commands,
    processes: 2,
    shard: { index: 1, count: 1 },
    planOf: (run) => planOfRun(grid, run),
    tell: () => {},
    command: async (args, onLine) => {
      commands.push(`${args[0]!} ${args[2]!.slice(args[2]!.lastIndexOf('/') + 1)}`)
      const { code, err } = await cli(...args)
      err.split('\n').filter(Boolean).forEach(onLine)
      return code
    },
    ...given,
  }
}

test('every run is trained as its values say and evaluated, and the best comes first', async () => {
  const folder = GridFolder.begin(join(scratch, 'whole'), grid)
  expect(await runGrid(folder, work())).toEqual([])
  const ranking = rankingOf(folder)
  expect(ranking.map(({ n }) => n)).toEqual([2500, 2500, 2500, 2500])
  const wrong = ranking.map((run) => run.wrong)
  expect(wrong).toEqual(wrong.toSorted((x, y) => x - y))
  for (const { run, values } of ranking) {
    const plan = JSON.parse(readFileSync(join(folder.path, run, 'training.json'), 'utf8')) as { recipe: object }
    expect(plan.recipe).toMatchObject({
      seed: Number(values.seed),
      schedule: { steps: 30, peak: Number(values['learning-rate']) },
    })
  }
  const table = rankingText(ranking, folder).split('\n')
  expect(table).toHaveLength(6)
  expect(table[0]).toMatch(/^ {2}rank +seed +learning-rate +wrong +of +smallest margin \(logits\) +loss \(nats\)$/)
})

test('two shards make each run once, and a grid that is done is not made again', async () => {
  const folder = GridFolder.begin(join(scratch, 'shards'), grid)
  const [one, two] = [work({ shard: { index: 1, count: 2 } }), work({ shard: { index: 2, count: 2 } })]
  await runGrid(folder, one)
  expect(rankingText(rankingOf(folder), folder)).toMatch(/\n2 runs of 4 not evaluated yet\.\n$/)
  await runGrid(GridFolder.begin(join(scratch, 'shards'), grid), two)
  expect([...one.commands, ...two.commands].toSorted()).toEqual(
    folder.runs.flatMap(({ name }) => [`evaluate ${name}`, `train ${name}`]).toSorted(),
  )
  const again = work()
  await runGrid(GridFolder.open(folder.path), again)
  expect(again.commands).toEqual([])
})

test('a run that fails is told of, keeps its last good checkpoint, and keeps no other from going on', async () => {
  const wild: Grid = {
    axes: [parseAxis('learning-rate=0.01,1')],
    options: { ...tiny, weightDecay: '1', steps: '4000', interval: '4000' },
  }
  const folder = GridFolder.begin(join(scratch, 'wild'), wild)
  const failing = { ...work({ planOf: (run) => planOfRun(wild, run) }) }
  const failed = await runGrid(folder, {
    ...failing,
    command: async (args, onLine) => {
      if (args[2]!.endsWith('rate=1')) {
        onLine('The loss became NaN at step 7.')
        return 2
      }
      return failing.command(args, onLine)
    },
  })
  expect(failed.map(({ run, sentence }) => [run.name, sentence])).toEqual([
    ['learning-rate=1', 'The loss became NaN at step 7.'],
  ])
  expect(rankingOf(folder).map(({ run }) => run)).toEqual(['learning-rate=0.01'])
})

test('another grid in the same folder, a damaged one and a damaged evaluation are refused', async () => {
  const path = join(scratch, 'other')
  const folder = GridFolder.begin(path, grid)
  expect(() => GridFolder.begin(path, { ...grid, options: {} })).toThrow(
    'holds another grid of trainings: go on with that',
  )
  await runGrid(folder, work({ shard: { index: 1, count: 4 } }))
  writeFileSync(join(folder.of(folder.runs[0]!), 'every-sum.json'), '{"model"')
  expect(() => rankingOf(folder)).toThrow('is not the JSON of an exhaustive evaluation; remove it')
  writeFileSync(join(path, 'grid.json'), '{')
  expect(() => GridFolder.open(path)).toThrow('cannot be followed')
})

test.each([
  [['--grid', 'seeds=0-1'], 'A grid of trainings needs --out FOLDER'],
  [['--grid', 'seeds=0-1', '--out', 'x', '--seed', '3'], 'leave --seed out, or the axis'],
  [['--grid', 'heads=1,99', '--out', 'x'], 'n_heads 99'],
  [['--processes', '2', '--out', 'x'], 'The option --processes is for a grid of trainings'],
  [['--resume', 'x', '--grid', 'seeds=0-1'], 'holds its own recipe'],
])('train %j is refused in a sentence', async (args, words) => {
  const { code, err } = await cli('train', ...args)
  expect([code, err]).toEqual([2, expect.stringContaining(words)])
})
