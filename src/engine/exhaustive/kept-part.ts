import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import type { TaskLayout } from '../../core/task-layout'
import { systemReason } from '../../files/system-reason'
import { writeWhole } from '../../files/whole-file'
import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import type { Shard } from '../../model/exhaustive/shard'
import type { Intervention } from '../../model/intervention'
import type { Processing } from '../../model/processing'
import { measuredEvaluationSchema } from './evaluation-schema'
import type { EvaluatorKind } from './start-evaluator'

/** What has to be the same for kept work to be of use: never is another model's result taken for this one's. */
export interface KeptQuestion {
  readonly sha256: string
  readonly layout: TaskLayout
  readonly processing: Processing
  readonly interventions: readonly Intervention[]
  readonly computedBy: EvaluatorKind
}

/** A part of an evaluation, as far as it is done: all groups of the part below `next`. */
export interface KeptPart {
  readonly next: number
  readonly evaluation: MeasuredEvaluation | null
}

/** Raised where what is counted changes, so that older work is done anew. */
const version = 1
const mostKept = 30
const nothing: KeptPart = { next: 0, evaluation: null }

const partSchema = z.object({
  version: z.literal(version),
  question: z.string(),
  next: z.int().min(0),
  evaluation: measuredEvaluationSchema.nullable(),
})

/** The file that a part is kept in: a folder for each question, named by model and hash. */
export function partPath(folder: string, question: KeptQuestion, { index, count }: Shard): string {
  const hash = createHash('sha256').update(textOf(question)).digest('hex').slice(0, 16)
  return join(folder, `${question.sha256.slice(0, 16)}-${hash}`, `${index}-of-${count}.json`)
}

/** What is kept of a part. A file that is none, or another question's, is as good as none: it is evaluated anew. */
export function readPart(path: string, question: KeptQuestion): KeptPart {
  try {
    const part = partSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    return part.question === textOf(question) ? { next: part.next, evaluation: part.evaluation } : nothing
  } catch {
    return nothing
  }
}

/** Keeps a part, on the disk when this returns. Throws BadInput where it cannot be written. */
export function writePart(path: string, question: KeptQuestion, { next, evaluation }: KeptPart): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeWhole(path, JSON.stringify({ version, question: textOf(question), next, evaluation }))
  } catch (error) {
    throw new BadInput(
      `What is evaluated could not be kept in "${dirname(path)}" (${systemReason(error)}): make room there, then run again; what was kept before is still there.`,
    )
  }
}

/** Forgets a part. */
export function forgetPart(path: string): void {
  rmSync(path, { force: true })
}

/** Forgets the evaluations that were touched longest ago, but for the newest few. */
export function forgetOldest(folder: string): void {
  const touched = (name: string) => statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0
  try {
    const names = readdirSync(folder).map((name) => ({ name, at: touched(name) }))
    const oldest = names.toSorted((one, other) => other.at - one.at).slice(mostKept)
    for (const { name } of oldest) rmSync(join(folder, name), { recursive: true, force: true })
  } catch {
    // There is no folder yet.
  }
}

function textOf({ sha256, layout, processing, interventions, computedBy }: KeptQuestion): string {
  return JSON.stringify({ sha256, layout, processing, interventions, computedBy })
}
