import type { AnalysisId, AnalysisParams } from '../../analyses/registry'
import { resampleDonor } from '../../analyses/running/resample-donor'
import { sumDataset } from '../../core/dataset'
import { answerPositions } from '../../core/positions'
import { sumsOfSubset } from '../../core/subset'
import { defaultDataset } from '../../core/task-layout'
import { hookOf, type Intervention } from '../../model/intervention'
import type { ModelConfig } from '../../model/config'
import { hasNormWeight } from '../../model/normalization'
import type { ModelInfo } from '../../contract/contract'

/** What of a model its snippets depend on. `config` is the one after processing. */
export type SnippetModel = Pick<ModelInfo, 'name' | 'path' | 'stored' | 'config' | 'processing' | 'fileContext'>

/** What is to be reproduced. */
export interface SnippetRequest {
  readonly id: AnalysisId
  readonly params: AnalysisParams
  readonly model: SnippetModel
}

/** A request in the words that Python is written with. */
export interface SnippetInput {
  readonly model: SnippetModel
  readonly config: ModelConfig
  readonly params: AnalysisParams
  /** Whether one sum is run rather than a data set. */
  readonly isOneSum: boolean
  /** In the order in which they act; a single sum's partner is drawn already, so `resample` is only left for data sets. */
  readonly interventions: readonly Intervention[]
  readonly dataset: { readonly size: number; readonly seed: number }
  readonly asPublished: boolean
  /** Whether no normalization has weights: they went into what reads them, or there is none. */
  readonly isFolded: boolean
  /** The positions that predict the answer's digits, as a slice `9:13`, or in brackets where that is not their order. */
  readonly predicting: string
  /** The positions where they stand, likewise. */
  readonly answers: string
  readonly lastLayer: number
}

export function snippetInput({ params, model }: SnippetRequest): SnippetInput {
  const { config } = model
  const { layout } = config
  return {
    model,
    config,
    params,
    isOneSum: params.sum !== undefined,
    interventions: (params.interventions ?? []).map((one) => withDonor(one, params, config)),
    dataset: params.dataset ?? defaultDataset,
    asPublished: params.definition === 'notebook',
    isFolded: !hasNormWeight(config),
    predicting: indices(answerPositions(layout)),
    answers: indices(answerPositions(layout).map((position) => position + 1)),
    lastLayer: config.n_layers - 1,
  }
}

/** Positions as what Python indexes an axis with. */
function indices(positions: readonly number[]): string {
  const [first = 0] = positions
  const isRun = positions.every((position, index) => position === first + index)
  return isRun ? `${first}:${first + positions.length}` : `[${positions.join(', ')}]`
}

/** Numbers from 0 up to, not including, `count`. */
export function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

/** A site's hook in each of the first `count` layers. */
export function hooksOfLayers(site: Intervention['site'], count: number): string[] {
  return range(count).map((layer) => hookOf(site, layer))
}

/** A single sum's resampling as what it comes to: a patch from the sum that is drawn for it. */
function withDonor(
  one: Intervention,
  { sum, dataset, subset = 'all' }: AnalysisParams,
  { layout }: ModelConfig,
): Intervention {
  if (!sum || one.mode !== 'resample') return one
  const reference = sumsOfSubset(sumDataset(dataset ?? defaultDataset, layout), subset, layout)
  return { ...one, mode: 'patch', donor: resampleDonor(sum, reference, one.seed ?? 0) }
}
