import { z } from 'zod'
import type { Tensor } from '../core/tensor'
import type { AnalysisResult } from '../analyses/analysis'
import { datasetSchema, interventionsSchema, layoutSchema, processingSchema, sumSchema } from '../model/input-schemas'
import type { TaskLayout } from '../core/task-layout'
import type { ModelConfig, NormalizationType } from '../model/config'
import type { StoredForm } from '../model/files/open-model'
import { analysisParamsSchema } from './analysis-params'
import { checkpointMethods, type CheckpointProgress, type CheckpointResults } from './checkpoints'
import { exhaustiveMethods, type ExhaustiveProgress, type ExhaustiveResults } from './exhaustive'
import { checkpointSchema, trainingMethods, type TrainingProgress, type TrainingResults } from './training'
import type { ProvidersReport } from './providers-report'

/**
 * The one contract between the window (or the command line) and the engine. Both ends derive from it: the engine
 * validates every arriving message against `methods[name].params`, the callers are typed by it.
 */

/** See `Schedule`. */
const scheduleSchema = z.strictObject({
  first: z.int().min(1).max(1_000_000).exactOptional(),
  share: z.strictObject({ index: z.int().min(0), of: z.int().min(1).max(64) }).exactOptional(),
  idle: z.literal(true).exactOptional(),
})

const pathSchema = z.string().min(1).max(4096)

const providerSchema = z.string().min(1).max(20)

export const methods = {
  /** Loads a model from a path the engine can read, or from bytes (a file dropped on a page that cannot name its path). */
  openModel: {
    params: z.strictObject({
      source: z.union([
        z.strictObject({ path: pathSchema }),
        z.strictObject({ name: z.string().min(1).max(255), bytes: z.instanceof(Uint8Array) }),
      ]),
      processing: processingSchema.exactOptional(),
      /** How its sums are written; without it as its files say, or as it adds best. */
      layout: layoutSchema.exactOptional(),
      /** Of a model that was open before: what its file has to hold still, the weights by SHA-256 and the configuration as JSON. */
      expected: z.strictObject({ sha256: z.string().max(64), config: z.string().max(10_000) }).exactOptional(),
      /** The execution provider to compute on; the CPU without one. */
      provider: providerSchema.exactOptional(),
    }),
    priority: 'live',
  },
  /** One sum, clean and intervened side by side: what Explore redraws at every keystroke. Newest wins. */
  explore: {
    params: z.strictObject({
      sum: sumSchema,
      interventions: interventionsSchema,
      /** A hovered intervention, shown on top of the active ones without being applied. */
      preview: interventionsSchema.exactOptional(),
      /** The pieces of the last layer through which alone the preview acts, as "transplant" has them. */
      via: z.string().max(60).exactOptional(),
      /** The sums that means are over, and that others are resampled from; the pinned reference set without it. */
      means: z.strictObject({ dataset: datasetSchema, subset: z.string().max(20) }).exactOptional(),
      /** Of which checkpoint; the open model without it. */
      of: checkpointSchema.exactOptional(),
    }),
    priority: 'live',
  },
  /** Any analysis by id; reports progress and partial results. The engine checks `params` by that analysis's own schema. */
  analyze: {
    params: z.strictObject({
      id: z.string().max(60),
      params: analysisParamsSchema,
      schedule: scheduleSchema.exactOptional(),
      /** Of which checkpoint; the open model without it. */
      of: checkpointSchema.exactOptional(),
    }),
    priority: 'sweep',
  },
  status: { params: z.strictObject({}), priority: 'live' },
  /** Paths of models that can be chosen without being looked for: those opened last, and the bundled ones. */
  knownModels: { params: z.strictObject({}), priority: 'live' },
  /** The models of a folder, or those beside a file, checkpoints among them. */
  listModels: { params: z.strictObject({ path: pathSchema }), priority: 'live' },
  /** A model's size, layout and share right, without opening it for anything else. */
  describeModel: { params: z.strictObject({ path: pathSchema }), priority: 'background' },
  /** The open model as a file: its weights, or a graph with its outputs named by hook. */
  exportModel: { params: z.strictObject({ format: z.enum(['onnx', 'safetensors']) }), priority: 'live' },
  /**
   * The execution providers of this machine, tried with the open model; answers when the trials have ended. `use` settles
   * which one computes from now on, by name or `auto`; `again` measures anew.
   */
  providers: {
    params: z.strictObject({ use: providerSchema.exactOptional(), again: z.boolean().exactOptional() }),
    priority: 'background',
  },
  ...checkpointMethods,
  ...exhaustiveMethods,
  ...trainingMethods,
} as const satisfies Record<string, { params: z.ZodType; priority: Priority }>

/** `single` is an analysis that one process answers alone: it goes before the shares of sweeps, which keep every process busy. */
export type Priority = 'live' | 'single' | 'sweep' | 'background'
export type Method = keyof typeof methods
export type MethodParams<M extends Method> = z.output<(typeof methods)[M]['params']>

/** What a person should know of how a model was opened, in one sentence. */
export interface ModelRemark {
  readonly sentence: string
  /** A layout under which it adds better. */
  readonly better?: TaskLayout
}

export interface ModelInfo {
  readonly name: string
  readonly sha256: string
  readonly config: ModelConfig
  readonly processing: z.output<typeof processingSchema>
  /** Where it was opened from; null for dropped bytes. */
  readonly path: string | null
  /** The file of weights itself, and how it keeps them. */
  readonly stored: StoredForm & {
    readonly path: string | null
    /** The normalization of the weights as they are in the file, before any processing. */
    readonly normalization_type: NormalizationType
  }
  /** What a person should know of how the model was read, each a sentence: choices that the file left open, and that it does not add. */
  readonly notices: readonly string[]
  /** How its sums are written as its files say; absent where they do not. */
  readonly fileLayout?: TaskLayout
  /** Positions that the file has; a sum may need fewer. */
  readonly fileContext?: number
  readonly remark?: ModelRemark
  /** The pinned set that single-sum means are taken over; `sha256` is of its int32 tokens, hex. */
  readonly reference: { readonly size: number; readonly seed: number; readonly sha256: string }
}

/** One run of one sum, reduced to what a screen draws. `digit` is C0.., predicted at the position before it. */
export interface RunView {
  readonly logits: Tensor<readonly ['digit', 'vocab']>
  readonly probs: Tensor<readonly ['digit', 'vocab']>
  /** The most likely token at each answer digit. */
  readonly predicted: readonly number[]
  /** Masked entries are NaN. */
  readonly pattern: Tensor<readonly ['layer', 'head', 'query', 'key']>
  readonly scores: Tensor<readonly ['layer', 'head', 'query', 'key']>
  /** Components embed, pos_embed, the heads, b_O, b_U, in logits. */
  readonly dla: Tensor<readonly ['component', 'digit', 'logit']>
  /** Components as in `path-dla`. */
  readonly pathDla: Tensor<readonly ['component', 'digit', 'logit']>
  /** Where the stream that predicts each digit stands in the plane that W_U reads best, as in `residual-circle`. */
  readonly circle: Tensor<readonly ['stage', 'digit', 'component']>
  /** Largest distance, in logits, of the components' sum from the logits. */
  readonly closure: number
  readonly pathClosure: number
}

export interface ExploreResult {
  readonly clean: RunView
  readonly now: RunView
  readonly preview?: RunView
  /** Milliseconds inside the engine, from arrival to answer. */
  readonly engineMs: number
}

export interface EngineStatus {
  readonly provider: string
  /** The processor, and any graphics processor that is known by name. */
  readonly device: string
  /** What a measurement of execution providers holds for: the machine's parts and onnxruntime's, as a hash. */
  readonly machine: string
  readonly pid: number
  readonly rssBytes: number
  readonly model: ModelInfo | null
}

/** A model as it is written to a file. */
export interface ExportedModel {
  /** A file name that fits it. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Paths, those opened last first. */
export interface KnownModels {
  readonly recent: readonly string[]
  readonly bundled: readonly string[]
}

export interface ListedModels {
  readonly folder: string
  /** In the order of their names, numbers by value. */
  readonly paths: readonly string[]
  /** How many more there are. */
  readonly more: number
}

export interface ModelDescription {
  /** Size of the file of weights. */
  readonly bytes: number
  readonly config: ModelConfig
  /** How many of `of` sums it gets right. */
  readonly right: number
  readonly of: number
}

export interface Results extends ExhaustiveResults, CheckpointResults, TrainingResults {
  knownModels: KnownModels
  listModels: ListedModels
  describeModel: ModelDescription
  openModel: ModelInfo
  explore: ExploreResult
  analyze: AnalysisResult
  status: EngineStatus
  exportModel: ExportedModel
  providers: ProvidersReport
}
export type MethodResult<M extends Method> = Results[M]

/** What a running call reports: runs done of all, and a partial result in the final result's form. */
export interface Progress extends ExhaustiveProgress, CheckpointProgress, TrainingProgress {
  readonly done: number
  readonly total: number
  /** How often each sum is run, as a sweep does for each of its ablations; once when absent. */
  readonly runsPerSum?: number
  readonly partial?: AnalysisResult
  /** Of how many sums `partial` tells, where it is a first look at so many and not at the `done`. */
  readonly look?: number
}

/** The caller's side. `newest` names a lane: a later call in it rejects the earlier one with code `superseded`. */
export interface EngineClient {
  call<M extends Method>(
    method: M,
    params: MethodParams<M>,
    options?: { onProgress?: (progress: Progress) => void; signal?: AbortSignal; newest?: string },
  ): Promise<MethodResult<M>>
}
