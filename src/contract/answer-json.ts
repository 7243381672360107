import type { Analysis, AnalysisResult } from '../analyses/analysis'
import type { AnalysisParams } from '../analyses/registry'
import type { CheckpointsAnswer } from './checkpoints'
import type { ModelInfo } from './contract'
import { resultToJson, type ResultJson } from './tensor-json'

/** An answer as the command line, the window and a report write it. */
export interface AnswerJson {
  readonly analysis: string
  readonly model: Pick<ModelInfo, 'name' | 'sha256' | 'config'>
  readonly params: AnalysisParams
  readonly result: ResultJson
}

export function answerToJson(
  analysis: string,
  { name, sha256, config }: AnswerJson['model'],
  params: AnalysisParams,
  result: AnalysisResult,
): AnswerJson {
  return { analysis, model: { name, sha256, config }, params, result: resultToJson(result) }
}

/** The same over the states of a training, which it names by step and SHA-256; the model is the one at its end. */
export function checkpointsToJson(
  analysis: string,
  model: AnswerJson['model'],
  params: AnalysisParams,
  { checkpoints, result }: CheckpointsAnswer,
): AnswerJson & { readonly checkpoints: readonly { readonly step: number; readonly sha256: string }[] } {
  const states = checkpoints.map(({ step, sha256 }) => ({ step, sha256 }))
  return { ...answerToJson(analysis, model, params, result), checkpoints: states }
}

/**
 * Parameters as the command line spells them out: with the sums that an answer is over, or that its means are taken over, and
 * without what only repeats a default.
 */
export function spelledOut(
  { subset, interventions, definition, ...params }: AnalysisParams,
  about: Analysis['about'],
  { size, seed }: Pick<ModelInfo['reference'], 'size' | 'seed'>,
): AnalysisParams {
  return {
    ...params,
    ...(about !== 'weights' && { dataset: params.dataset ?? { size, seed } }),
    ...(subset !== undefined && subset !== 'all' && { subset }),
    ...(interventions && interventions.length > 0 && { interventions }),
    ...(definition === 'notebook' && { definition }),
  }
}
