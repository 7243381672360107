import { z } from 'zod'
import { layoutSchema } from '../model/input-schemas'
import type { ModelConfig } from '../model/config'

const pathSchema = z.string().min(1).max(4096)

/** What a new run is to be. What is left out is the preset's; whether a number can be is for the recipe to say, in a sentence. */
export const runChoicesSchema = z.strictObject({
  preset: z.string().max(40),
  layout: layoutSchema.exactOptional(),
  layers: z.int().exactOptional(),
  heads: z.int().exactOptional(),
  dModel: z.int().exactOptional(),
  dHead: z.int().exactOptional(),
  /** Neurons of each MLP; without it there are none. */
  dMlp: z.int().exactOptional(),
  seed: z.int().exactOptional(),
  steps: z.int().exactOptional(),
  batchSize: z.int().exactOptional(),
  learningRate: z.number().exactOptional(),
  /** Share of hard sums in a batch, 0 to 1. */
  hardShare: z.number().exactOptional(),
})
export type RunChoices = z.output<typeof runChoicesSchema>

/**
 * Where a run stands. `idle`: no process of this program trains in the folder; what is there can be looked at and gone on with.
 * `paused`, `stopped`, `finished` and `failed` are how it ended since the program was started.
 */
export type RunState = 'running' | 'idle' | 'paused' | 'stopped' | 'finished' | 'failed'

export interface RunProgress {
  /** The run's folder, absolute. */
  readonly path: string
  readonly state: RunState
  /** Steps taken, of all; both 0 while that is not known. */
  readonly step: number
  readonly steps: number
  /** The last step that has a checkpoint. */
  readonly checkpoint: number
  /** At the speed of the last seconds; null while that is not known. */
  readonly secondsLeft: number | null
  /** Why it ended, in one sentence, where nobody asked for that. */
  readonly sentence: string | null
}

/** The runs that can be chosen without being looked for. */
export interface KnownRuns {
  /** Those that go on or ended since the program was started. */
  readonly begun: readonly RunProgress[]
  /** Folders of runs that were begun here, newest first, and of those that came with the program. */
  readonly paths: readonly string[]
  /** A folder that is not there yet, for the next run. */
  readonly place: string
}

/** How a set of sums fares; loss in nats for a digit. */
export interface RunScore {
  readonly n: number
  readonly wrong: number
  readonly loss: number
}

/** A line of a run's log, as far as it is drawn. */
export interface RunReport {
  readonly step: number
  readonly trainingLoss: number | null
  readonly uniform: RunScore
  /** By column pattern, `KGPG`, its highest column first. */
  readonly patterns: Readonly<Record<string, RunScore>>
}

/** Weights as they were after a step. */
export interface RunCheckpoint {
  readonly step: number
  readonly path: string
  /** Changes with the file. */
  readonly stamp: string
}

/** What a run's plan says of it. */
export interface RunPlan {
  readonly preset: string
  readonly seed: number
  readonly batchSize: number
  readonly learningRate: number
  /** Null where the same sums come again in every epoch. */
  readonly hardShare: number | null
}

/** A run as it lies on a disk. */
export interface RunRecord {
  readonly path: string
  readonly name: string
  readonly config: ModelConfig
  /** Null where the folder does not say. */
  readonly plan: RunPlan | null
  /** Steps in all; the last one that is known of where the folder does not say. */
  readonly steps: number
  /** Seconds trained. */
  readonly seconds: number
  readonly reports: readonly RunReport[]
  /** By step; the last may be the folder's model. */
  readonly checkpoints: readonly RunCheckpoint[]
  /** The step whose weights the folder's model has: its best where the recipe keeps that. Null where there is no model yet. */
  readonly modelStep: number | null
  /** What to know of how it was read, in one sentence. */
  readonly remark: string | null
}

/** Another model than the open one: a file of weights, and how its sums are written. */
export const checkpointSchema = z.strictObject({
  path: pathSchema,
  layout: layoutSchema,
  stamp: z.string().max(60),
})

export type CheckpointOf = z.output<typeof checkpointSchema>

/** Their part of the contract. */
export const trainingMethods = {
  /** The runs to choose from. */
  runs: { params: z.strictObject({}), priority: 'live' },
  /** Begins a run in a folder that must not be there, in a process of its own at background priority. */
  startRun: { params: z.strictObject({ folder: pathSchema, choices: runChoicesSchema }), priority: 'live' },
  /**
   * A run by its folder. `look` tells where it stands, `watch` reports that until its process has ended, `resume` goes on from the
   * last checkpoint, `pause` ends the process, and `stop` does too and makes the last checkpoint the folder's model.
   */
  run: {
    params: z.strictObject({ path: pathSchema, action: z.enum(['look', 'watch', 'resume', 'pause', 'stop']) }),
    priority: 'live',
  },
  /** What lies in a run's folder, or beside a model. */
  readRun: { params: z.strictObject({ path: pathSchema }), priority: 'live' },
} as const

export interface TrainingResults {
  runs: KnownRuns
  startRun: RunProgress
  run: RunProgress
  readRun: RunRecord
}

/** What `run` reports while it watches. */
export interface TrainingProgress {
  readonly run?: RunProgress
}
