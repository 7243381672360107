import type { Sum } from '../core/sum'
import type { Tensor } from '../core/tensor'
import type { Intervention, Mode } from '../model/intervention'
import type { Model } from '../model/model'

/** Everything an analysis can be told. Each uses what concerns it; the command line and the window fill in the defaults. */
export interface AnalysisParams {
  /** For analyses of one sum. */
  readonly sum?: Sum
  /** For analyses of many: `size` sums drawn with `seed` as torch draws them. Default 1000, 42. */
  readonly dataset?: { readonly size: number; readonly seed: number }
  /** `all`, `carries`, `non-carries` (any column carries out, or none) or a column pattern such as `*P*G`, thousands first. */
  readonly subset?: string
  /** Which clean activations a mean is taken over: the subset that runs (default) or the whole dataset. */
  readonly meanOver?: 'subset' | 'all'
  /** The replacement used by sweeps such as `head-ablation`. Default `mean`. */
  readonly mode?: Exclude<Mode, 'patch'>
  readonly interventions?: readonly Intervention[]
  /** `notebook` reproduces the published figure where that has a known defect. Default `corrected`. */
  readonly definition?: 'corrected' | 'notebook'
  /** For `position-ablation`: what a head writes at a position (default), or what it reads there. */
  readonly side?: 'write' | 'read'
  /**
   * Of how many sums at most, from the first on, a result tells one by one. Without it `performance` tells of none, `dataset`
   * and `path-dla-batch` of all.
   */
  readonly examples?: number
  /** Leaves out all but the first so many of the chosen sums, also where means are taken: a first look at a large data set. */
  readonly first?: number
  /**
   * For `weights`: parameters to return, by full key or last part (`W_Q`), default `W_U`. For `ov-circuit`: which of its
   * tensors to return, default all.
   */
  readonly tensors?: readonly string[]
  /**
   * For sweeps over many cuts: runs only every `of`-th cut, beginning with cut `index`, and leaves what belongs to the others
   * NaN, so that several processes can share a sweep.
   */
  readonly part?: { readonly index: number; readonly of: number }
}

/** A named number or text beside the tensors. NaN is written as null in JSON. */
export type Scalar = number | string | boolean | null
export type AnalysisResult = { readonly [name: string]: Tensor | Scalar | readonly string[] }

/** What an analysis works with. Cancellation and turn-taking happen inside `model.run`. */
export interface AnalysisContext {
  readonly model: Model
  /** Called between chunks with what is known so far; `done` and `total` count sums, times `runsPerSum` where that is given. */
  readonly progress: (done: number, total: number, partial?: AnalysisResult, runsPerSum?: number) => void
}

/** Parameters that mean something to some analyses alone. */
export type Choice = 'mode' | 'side' | 'examples' | 'tensors'

export interface Analysis<R extends AnalysisResult = AnalysisResult> {
  readonly id: string
  /** The question it answers, in plain words: shown in help, in the app and in reports. */
  readonly question: string
  /** Formula, hooks, reference set, LayerNorm treatment and unit, in one or two sentences. */
  readonly definition: string
  /** Whether it is about one sum or about a dataset; `weights` needs neither. */
  readonly about: 'sum' | 'dataset' | 'weights'
  /** Which of the choices that only some analyses have it has. */
  readonly choices?: readonly Choice[]
  run(context: AnalysisContext, params: AnalysisParams): Promise<R>
}
