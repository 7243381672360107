import { existsSync, mkdirSync } from 'node:fs'
import { readFile, readdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { z } from 'zod'
import { BadInput } from '../../core/bad-input'
import { type Lock, takeLock } from '../../files/lock'
import { newFolder } from '../../files/new-folder'
import { systemCode, systemReason } from '../../files/system-reason'
import { writeWhole } from '../../files/whole-file'
import { writeConfig } from '../../model/files/config-file'
import { writeSafetensors } from '../../model/files/safetensors-writer'
import { unflatten } from '../../model/training/flat-parameters'
import { type Recipe, checkRecipe } from '../../model/training/recipe'
import { type SavedState, decodeState, encodeState } from './state-file'
import type { TrainingReport } from './training-report'

/** What `training.json` holds: enough to go on, and to say later how a model was made. */
export interface TrainingPlan {
  readonly preset: string
  readonly recipe: Recipe
  readonly provider: string
  /** Program versions and processor, on which the last bits of a result depend. */
  readonly machine: Readonly<Record<string, string>>
}

export const files = {
  plan: 'training.json',
  log: 'log.jsonl',
  state: 'training.state',
  model: 'model.safetensors',
  lock: 'training.lock',
}

/**
 * A training on disk: `training.json` (the plan), `log.jsonl` (a report per checkpoint), `checkpoints/step-….safetensors` (weights
 * as they formed), `training.state` (what to go on from) and at last `config.json` and `model.safetensors`, a model folder like
 * any other. Every file is replaced whole, and the state last, so that a training killed at any moment can go on.
 */
export class TrainingFolder {
  #reports: TrainingReport[] = []
  #saved: SavedState | null = null

  private constructor(
    readonly path: string,
    readonly plan: TrainingPlan,
    private readonly write: typeof writeWhole,
  ) {}

  /** Makes the folder, whole with its plan. Throws BadInput where something is there already or it cannot be made. */
  static create(path: string, plan: TrainingPlan, write = writeWhole): TrainingFolder {
    if (existsSync(join(path, files.plan)))
      throw new BadInput(
        `"${path}" holds a training already: resume it ("carryscope train --resume ${path}"), or choose another folder.`,
      )
    newFolder(path).write([
      { path: files.plan, content: `${JSON.stringify(plan, null, 2)}\n` },
      { path: 'config.json', content: writeConfig(plan.recipe.config) },
    ])
    return new TrainingFolder(resolve(path), plan, write)
  }

  /** Opens a training that was interrupted, at its last checkpoint if it has one. Throws BadInput where there is none. */
  static async open(path: string, write = writeWhole): Promise<TrainingFolder> {
    const plan = await readPlan(path)
    const folder = new TrainingFolder(resolve(path), plan, write)
    const state = await readIfThere(join(path, files.state))
    if (!state) {
      await checkUnbegun(path)
      return folder
    }
    folder.#saved = decodeState(join(path, files.state), state, plan.recipe)
    const { step } = folder.#saved.state
    const log = (await readIfThere(join(path, files.log)))?.toString() ?? ''
    folder.#reports = folder.#parseLog(log).filter((report) => report.step <= step)
    return folder
  }

  /** Keeps other processes from training here. Throws BadInput where one does. */
  lock(): Lock {
    return takeLock(
      join(this.path, files.lock),
      (holder) =>
        `A training goes on in "${this.path}" already (${holder}): wait for it, or begin another in another folder.`,
    )
  }

  /** Where the training stands; null before its first checkpoint. */
  get saved(): SavedState | null {
    return this.#saved
  }

  /** Writes a checkpoint, its report and the state, in this order. */
  save(saved: SavedState, report: TrainingReport): void {
    this.#put(join('checkpoints', checkpointName(report.step)), this.#weights(saved.state.parameters, report.step))
    this.#reports.push(report)
    this.#put(files.log, this.#reports.map((line) => `${JSON.stringify(line)}\n`).join(''))
    this.#put(files.state, encodeState(saved))
    this.#saved = saved
  }

  /** Makes these parameters the folder's model. */
  saveModel(parameters: Float32Array, step: number): void {
    this.#put(files.model, this.#weights(parameters, step))
  }

  /** Makes the last checkpoint the folder's model, unless the best one is to be. */
  keepLast(): void {
    if (this.#saved && this.plan.recipe.keep === 'last')
      this.saveModel(this.#saved.state.parameters, this.#saved.state.step)
  }

  /** The last checkpoint in words, for sentences about what went wrong. */
  get lastCheckpoint(): string {
    if (!this.#saved) return 'no checkpoint was written before'
    return `the last good checkpoint is "${join(this.path, 'checkpoints', checkpointName(this.#saved.state.step))}"`
  }

  /** Throws BadInput at the first line that is none: what is written next would leave it out, and all that come after. */
  #parseLog(text: string): TrainingReport[] {
    return text.split('\n').flatMap((line, index) => {
      if (line === '') return []
      const report = parseReport(line)
      if (report) return [report]
      throw new BadInput(
        `Line ${index + 1} of "${join(this.path, files.log)}" is cut short or none of a training's: put the log back, or take that line out, and resume; ${this.lastCheckpoint}.`,
      )
    })
  }

  #weights(parameters: Float32Array, step: number): Uint8Array {
    const { config, seed } = this.plan.recipe
    return writeSafetensors(storedTensors(unflatten(config, parameters)), { step: `${step}`, seed: `${seed}` })
  }

  #put(name: string, content: Uint8Array | string): void {
    const path = join(this.path, name)
    try {
      mkdirSync(dirname(path), { recursive: true })
      this.write(path, content)
    } catch (error) {
      const full = ['ENOSPC', 'EDQUOT'].includes(systemCode(error))
      throw new BadInput(
        `"${name}" could not be written (${systemReason(error)}), and ${this.lastCheckpoint}; ${full ? 'free some space' : 'make the folder writable'} and resume it ("carryscope train --resume ${this.path}").`,
      )
    }
  }
}

function checkpointName(step: number): string {
  return `step-${`${step}`.padStart(6, '0')}.safetensors`
}

function storedTensors(weights: ReturnType<typeof unflatten>) {
  return [...weights].map(([name, { shape, data }]) => [name, { shape, data }] as const)
}

export async function readPlan(path: string): Promise<TrainingPlan> {
  const text = await readIfThere(join(path, files.plan))
  if (!text)
    throw new BadInput(
      `"${path}" holds no training that could go on (it has no ${files.plan}); begin one with "carryscope train --out ${path}".`,
    )
  try {
    const plan = JSON.parse(text.toString()) as TrainingPlan
    checkRecipe(plan.recipe)
    return plan
  } catch (error) {
    throw new BadInput(
      `The plan "${join(path, files.plan)}" cannot be followed (${systemReason(error)}); begin another training.`,
    )
  }
}

/** Of a report what a training goes on with; the rest is only written again. */
const reportSchema = z.looseObject({ step: z.int().min(0), steps: z.int().min(1) })

/** Null where the line is none of a training's log. */
function parseReport(line: string): TrainingReport | null {
  try {
    return reportSchema.parse(JSON.parse(line)) as unknown as TrainingReport
  } catch {
    return null
  }
}

/** Throws BadInput where more was trained than a training has before its first state: what is there would be overwritten. */
async function checkUnbegun(path: string): Promise<void> {
  const checkpoints = await readdir(join(path, 'checkpoints')).catch(() => [])
  if (checkpoints.some((name) => name !== checkpointName(0)))
    throw new BadInput(
      `"${path}" holds a training that cannot go on, for its ${files.state} is missing: put that back, or begin another in another folder.`,
    )
}

/** A file's bytes, null where there is none. Throws BadInput where it cannot be read. */
async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path)
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return null
    throw new BadInput(`The file "${path}" cannot be read (${systemReason(error)}); make it readable to go on.`)
  }
}
