import type { z } from 'zod'
import type { StackProduct } from '../core/matrix-stack'
import type { Tensor } from '../core/tensor'
import type { LoneSites } from '../model/lone-sites'
import type { Model } from '../model/model'
import type { Described } from './parameters'

/** A named number or text beside the tensors. NaN is written as null in JSON. */
export type Scalar = number | string | boolean | null
export type AnalysisResult = { readonly [name: string]: Tensor | Scalar | readonly string[] }

/** How much of a question one process answers. It changes how far an answer goes, never what is asked. */
export interface Schedule {
  /** Leaves out all but the first so many of the chosen sums, also where means are taken: a first look at a large data set. */
  readonly first?: number
  /**
   * For analyses that are divided: runs only every `of`-th of their runs, beginning with `index`, and leaves what belongs to
   * the others NaN.
   */
  readonly share?: { readonly index: number; readonly of: number }
  /** Whether nobody waits for the answer: everything else goes before it. */
  readonly idle?: true
}

/** What an analysis works with. Cancellation and turn-taking happen inside `model.run`, and where it pauses. */
export interface AnalysisContext {
  readonly model: Model
  readonly schedule?: Schedule
  /** How many matrices are multiplied fast, where there is a way; else `stackProduct` does it. */
  readonly multiply?: StackProduct
  /** What single sites do when transplanted, all at once, where there is a way; else each has a run of its own. */
  readonly loneSites?: LoneSites
  /** Awaited now and then by what computes long without a run. */
  readonly pause?: () => Promise<void>
  /** Called between chunks with what is known so far; `done` and `total` count sums, times `runsPerSum` where that is given. */
  readonly progress: (done: number, total: number, partial?: AnalysisResult, runsPerSum?: number) => void
}

export type Parameters = z.ZodRawShape

/** One question that can be asked of a model. `P` are its parameters' schemas, `R` is what it answers. */
export interface Analysis<
  Id extends string = string,
  About extends 'sum' | 'dataset' | 'weights' = 'sum' | 'dataset' | 'weights',
  P extends Parameters = Parameters,
  R extends AnalysisResult = AnalysisResult,
> {
  readonly id: Id
  /** The question it answers, in plain words: shown in help, in the app and in reports. */
  readonly question: string
  /** Formula, hooks, reference set, LayerNorm treatment and unit, in one or two sentences. */
  readonly definition: string
  /** Whether it is about one sum or about a dataset; `weights` needs neither. */
  readonly about: About
  /** All that changes its answer: the command line's options, the contract's check and the figures' choices follow from it. */
  readonly parameters: P
  /** Whether processes can share it, each doing its `Schedule.share`. */
  readonly divides?: boolean
  /** How many sums a first look at a large data set takes, where it is not 48: fewer where many runs are made of each. */
  readonly firstLook?: number
  /**
   * Of a divided analysis: what follows from all parts together and from none alone, put into the merged result. What the parts have
   * beside numbers in the same places is theirs alone to tell.
   */
  complete?(merged: R, parts: readonly R[]): R
  run(context: AnalysisContext, params: Described<P>): Promise<R>
}

/** Declares an analysis, and keeps the types of its id, its parameters and its result. */
export function defineAnalysis<
  const Id extends string,
  const About extends 'sum' | 'dataset' | 'weights',
  P extends Parameters,
  R extends AnalysisResult,
>(analysis: Analysis<Id, About, P, R>): Analysis<Id, About, P, R> {
  return analysis
}
