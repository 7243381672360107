import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RunReport } from '../../contract/training'

const scoreSchema = z.object({ n: z.number(), wrong: z.number(), loss: z.number() })
const lineSchema = z.object({
  step: z.int().min(0),
  steps: z.int().min(1),
  trainingLoss: z.number().nullable(),
  heldOut: z.object({ uniform: scoreSchema, patterns: z.record(z.string(), scoreSchema) }),
  seconds: z.number(),
})

/** A run's log as it can be drawn. */
export interface ReadLog {
  readonly reports: readonly (RunReport & { readonly steps: number })[]
  /** Seconds trained. */
  readonly seconds: number
  /** What to know of how it was read, in one sentence. */
  readonly remark: string | null
}

/** Reads `log.jsonl` of a run's folder up to the first line that is none, as where it was cut short; the checkpoints need no log. */
export async function readLog(folder: string): Promise<ReadLog> {
  const name = 'log.jsonl'
  const text = await readFile(join(folder, name), 'utf8').catch(() => null)
  if (text === null)
    return { reports: [], seconds: 0, remark: `There is no ${name} beside the checkpoints, so there are no curves.` }
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map(parsedLine)
  const end = lines.indexOf(null)
  const good = (end < 0 ? lines : lines.slice(0, end)).filter((line) => line !== null)
  return {
    reports: good.map(({ step, steps, trainingLoss, heldOut }) => ({ step, steps, trainingLoss, ...heldOut })),
    seconds: good.at(-1)?.seconds ?? 0,
    remark:
      end < 0 ? null : `Line ${end + 1} of ${name} is cut short or none of a training's, so the curves end before it.`,
  }
}

function parsedLine(line: string): z.output<typeof lineSchema> | null {
  try {
    return lineSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}
