import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { BadInput } from '../../core/bad-input'
import { counted } from '../../core/counted'
import { checkProvider } from '../../engine/training/check-provider'
import { writeWhole } from '../../files/whole-file'
import { parseShard } from '../../model/exhaustive/shard'
import type { CommandContext } from '../command'
import { parseWholeNumber } from '../../core/written-values'
import { trainingPlan } from '../training-plan'
import { commandProcesses } from './command-process'
import { runsOf, type GridRun } from './grid-axes'
import type { Grid, GridFolder } from './grid-folder'
import { rankingOf, rankingText } from './ranking'
import { runGrid } from './run-grid'

/** How a grid's runs are shared; as written. */
export interface GridShares {
  readonly processes?: string
  readonly shard?: string
}

/** A run's plan. Throws BadInput where its values do not go together. */
export function planOfRun({ options }: Grid, { values }: GridRun) {
  const own = Object.entries(values).map(([option, value]) => [camelCase(option), value] as const)
  return trainingPlan({ ...options, ...Object.fromEntries(own) })
}

/** Makes the runs of a grid, prints how they rank, and writes that to `ranking.json`. Throws BadInput where some failed. */
export async function trainGrid(
  folder: GridFolder,
  { processes = String(availableParallelism()), shard = '1/1' }: GridShares,
  { terminal, installation }: CommandContext,
): Promise<void> {
  const failed = await runGrid(folder, {
    processes: parseWholeNumber(processes, 'The number of processes', 1, 256),
    shard: parseShard(shard),
    planOf: (run) => planOfRun(folder.grid, run),
    command: commandProcesses(installation.commandEntry),
    tell: (run, line) => terminal.err(`${run.name}: ${line}\n`),
  })
  const ranking = rankingOf(folder)
  writeWhole(join(folder.path, 'ranking.json'), `${JSON.stringify(ranking, null, 2)}\n`)
  terminal.out(rankingText(ranking, folder))
  for (const { run, sentence } of failed) terminal.err(`${run.name} failed: ${sentence}\n`)
  if (failed.length > 0)
    throw new BadInput(
      `${counted(failed.length, 'run')} of the grid could not be finished, for the reason above; the others are ranked. Once that is mended, go on with "carryscope train --resume ${folder.path}".`,
    )
}

/** Every run's plan, and the first on this machine, before anything is made. Throws BadInput. */
export async function checkGrid(grid: Grid): Promise<void> {
  const given = grid.axes.find(({ option }) => camelCase(option) in grid.options)
  if (given) throw new BadInput(`The grid has an axis "${given.option}", so leave --${given.option} out, or the axis.`)
  const [first] = runsOf(grid.axes).map((run) => planOfRun(grid, run))
  if (first) await checkProvider(first)
}

function camelCase(option: string): string {
  return option.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
