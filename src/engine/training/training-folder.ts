import { mkdir, readFile, readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { BadInput } from '../../core/bad-input'
import { writeConfig } from '../../model/files/config-file'
import { writeSafetensors } from '../../model/files/safetensors-writer'
import { unflatten } from '../../model/training/flat-parameters'
import { type Recipe, checkRecipe } from '../../model/training/recipe'
import { writeAtomically } from './atomic-file'
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

const files = { plan: 'training.json', log: 'log.jsonl', state: 'training.state', model: 'model.safetensors' }

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
    private readonly write: typeof writeAtomically,
  ) {}

  /** Makes the folder. Throws BadInput where something is there already or it cannot be made. */
  static async create(path: string, plan: TrainingPlan, write = writeAtomically): Promise<TrainingFolder> {
    const folder = new TrainingFolder(resolve(path), plan, write)
    const present = await readdir(folder.path).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null
      throw new BadInput(`"${path}" cannot become a training's folder (${wordsOf(error)}); give another --out.`)
    })
    if (present)
      throw new BadInput(
        present.includes(files.state)
          ? `"${path}" holds a training already: go on with it by "carryscope train --resume ${path}", or give another --out.`
          : `The folder "${path}" exists already: give an --out that does not, so that nothing is overwritten.`,
      )
    await mkdir(join(folder.path, 'checkpoints'), { recursive: true }).catch((error: unknown) => {
      throw new BadInput(`The folder "${path}" cannot be made (${wordsOf(error)}); give another --out.`)
    })
    await folder.#put(files.plan, `${JSON.stringify(plan, null, 2)}\n`)
    await folder.#put('config.json', writeConfig(plan.recipe.config))
    return folder
  }

  /** Opens a training that was interrupted. Throws BadInput where there is none. */
  static async open(path: string, write = writeAtomically): Promise<TrainingFolder> {
    const read = async (name: string) =>
      readFile(join(path, name)).catch(() => {
        throw new BadInput(
          `"${path}" holds no training that could go on (it has no ${name}); begin one with "carryscope train --out ${path}".`,
        )
      })
    const plan = parsePlan(path, (await read(files.plan)).toString())
    const folder = new TrainingFolder(resolve(path), plan, write)
    folder.#saved = decodeState(files.state, await read(files.state))
    const step = folder.#saved.state.step
    const log = await readFile(join(path, files.log), 'utf8').catch(() => '')
    folder.#reports = log
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as TrainingReport)
    folder.#reports = folder.#reports.filter((report) => report.step <= step)
    return folder
  }

  /** Where the training stands; null before its first checkpoint. */
  get saved(): SavedState | null {
    return this.#saved
  }

  /** Writes a checkpoint, its report and the state, in this order. */
  async save(saved: SavedState, report: TrainingReport): Promise<void> {
    await this.#put(this.#checkpointName(report.step), this.#weights(saved.state.parameters, report.step))
    this.#reports.push(report)
    await this.#put(files.log, this.#reports.map((line) => `${JSON.stringify(line)}\n`).join(''))
    await this.#put(files.state, encodeState(saved))
    this.#saved = saved
  }

  /** Makes these parameters the folder's model. */
  async saveModel(parameters: Float32Array, step: number): Promise<void> {
    await this.#put(files.model, this.#weights(parameters, step))
  }

  /** The last checkpoint in words, for sentences about what went wrong. */
  get lastCheckpoint(): string {
    if (!this.#saved) return 'no checkpoint was written before'
    return `the last good checkpoint is "${join(this.path, this.#checkpointName(this.#saved.state.step))}"`
  }

  #weights(parameters: Float32Array, step: number): Uint8Array {
    const { config, seed } = this.plan.recipe
    return writeSafetensors(storedTensors(unflatten(config, parameters)), { step: `${step}`, seed: `${seed}` })
  }

  #checkpointName(step: number): string {
    return join('checkpoints', `step-${`${step}`.padStart(6, '0')}.safetensors`)
  }

  async #put(name: string, content: Uint8Array | string): Promise<void> {
    const path = join(this.path, name)
    await this.write(path, content).catch((error: unknown) => {
      const full = ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
      const reason = full ? 'the disk is full' : wordsOf(error)
      throw new BadInput(
        `"${path}" could not be written (${reason}), and ${this.lastCheckpoint}; ${full ? 'free some space' : 'make the folder writable'} and go on with "carryscope train --resume ${this.path}".`,
      )
    })
  }
}

function storedTensors(weights: ReturnType<typeof unflatten>) {
  return [...weights].map(([name, { shape, data }]) => [name, { shape, data }] as const)
}

function parsePlan(path: string, text: string): TrainingPlan {
  try {
    const plan = JSON.parse(text) as TrainingPlan
    checkRecipe(plan.recipe)
    return plan
  } catch (error) {
    throw new BadInput(
      `The plan "${join(path, files.plan)}" cannot be followed (${wordsOf(error)}); begin another training.`,
    )
  }
}

/** The system's error code, such as `ENOENT`. */
function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? ''
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
