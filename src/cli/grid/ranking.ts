import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import { counted } from '../../core/counted'
import { aligned } from '../text-table'
import type { GridRun } from './grid-axes'
import type { GridFolder } from './grid-folder'

/** What a run's evaluation of every sum is written to, in its folder: as `evaluate --exhaustive --json` writes it. */
export const evaluationFile = 'every-sum.json'

/** How a run fares on every sum there is, or on those that stand for them where there are too many. */
export interface RankedRun {
  readonly run: string
  readonly values: GridRun['values']
  readonly n: number
  readonly wrong: number
  /** Logits. */
  readonly smallestMargin: number
  /** Nats per answer digit. */
  readonly loss: number
  readonly sha256: string
}

const evaluationSchema = z.object({
  model: z.object({ sha256: z.string() }),
  result: z.object({ n: z.int(), wrong: z.int(), smallestMargin: z.number(), loss: z.number() }),
})

/** The runs that are evaluated, the best first: fewest wrong, then the widest smallest margin, then the least loss. Throws BadInput. */
export function rankingOf(folder: GridFolder): readonly RankedRun[] {
  return folder.runs
    .filter((run) => existsSync(join(folder.of(run), evaluationFile)))
    .map((run) => ({ run: run.name, values: run.values, ...readEvaluation(join(folder.of(run), evaluationFile)) }))
    .toSorted((x, y) => x.wrong - y.wrong || y.smallestMargin - x.smallestMargin || x.loss - y.loss)
}

function readEvaluation(file: string): Omit<RankedRun, 'run' | 'values'> {
  try {
    const { model, result } = evaluationSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return { ...result, sha256: model.sha256 }
  } catch {
    throw new BadInput(
      `The file "${file}" is not the JSON of an exhaustive evaluation; remove it and give the command again to evaluate that run anew.`,
    )
  }
}

/** The ranking as a table: what differs between the runs, then how they fare. */
export function rankingText(ranking: readonly RankedRun[], { grid, runs }: GridFolder): string {
  const options = grid.axes.map(({ option }) => option)
  const rows = ranking.map(({ values, n, wrong, smallestMargin, loss }, index) => [
    String(index + 1),
    ...options.map((option) => values[option]!),
    String(wrong),
    String(n),
    smallestMargin.toFixed(4),
    loss.toPrecision(4),
  ])
  const header = ['rank', ...options, 'wrong', 'of', 'smallest margin (logits)', 'loss (nats)']
  const rest = runs.length - ranking.length
  const missing = rest === 0 ? '' : `${counted(rest, 'run')} of ${runs.length} not evaluated yet.\n`
  return `${ranking.length === 0 ? '' : `${aligned([header, ...rows])}\n`}${missing}`
}
