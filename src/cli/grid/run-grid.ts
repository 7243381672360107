import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BadInput } from '../../core/bad-input'
import { TrainingFolder, type TrainingPlan } from '../../engine/training/training-folder'
import type { Shard } from '../../model/exhaustive/shard'
import type { RunCommand } from './command-process'
import type { GridRun } from './grid-axes'
import type { GridFolder } from './grid-folder'
import { evaluationFile } from './ranking'

/** Keeps what is finished of a run's evaluation while that goes on. */
const stateFile = 'every-sum.state'

export interface GridWork {
  /** How many runs go on side by side, each on one core. */
  readonly processes: number
  /** The part of the runs that is made here: every `count`-th, beginning with the `index`-th. */
  readonly shard: Shard
  readonly planOf: (run: GridRun) => TrainingPlan
  readonly command: RunCommand
  /** Hears what a run says, line by line. */
  readonly tell: (run: GridRun, line: string) => void
}

/** Why a run could not be finished, in one sentence. */
export interface FailedRun {
  readonly run: GridRun
  readonly sentence: string
}

/**
 * Trains and then evaluates every run of a grid, or of a shard of it, a core each. What was begun before is gone on with, and
 * what is evaluated already is left as it is. A run that fails is told of at the end and keeps no other from going on.
 */
export async function runGrid(folder: GridFolder, work: GridWork): Promise<readonly FailedRun[]> {
  const { index, count } = work.shard
  const waiting = folder.runs.filter((_, at) => at % count === index - 1)
  const failed: FailedRun[] = []
  const takeRuns = async () => {
    for (let run = waiting.shift(); run; run = waiting.shift()) {
      const sentence = await finishRun(folder.of(run), run, work)
      if (sentence !== null) failed.push({ run, sentence })
    }
  }
  await Promise.all(Array.from({ length: work.processes }, takeRuns))
  return failed
}

/** Null once the run is trained and evaluated, else why it is not. */
async function finishRun(path: string, run: GridRun, { planOf, command, tell }: GridWork): Promise<string | null> {
  const [state, evaluation] = [join(path, stateFile), join(path, evaluationFile)]
  if (existsSync(evaluation)) return null
  try {
    if (!existsSync(path)) TrainingFolder.create(path, planOf(run))
  } catch (error) {
    if (error instanceof BadInput) return error.message
    throw error
  }
  const everySum = ['--exhaustive', '--processes', '1', '--state', state, '--json', evaluation]
  for (const args of [
    ['train', '--resume', path],
    ['evaluate', '--model', path, ...everySum],
  ]) {
    let last = 'it was ended from outside'
    const code = await command(args, (line) => {
      last = line
      tell(run, line)
    })
    if (code !== 0) return last
  }
  rmSync(state, { force: true })
  return null
}
