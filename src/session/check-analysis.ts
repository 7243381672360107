import { BadInput } from '../core/bad-input'
import { parseSubset } from '../core/subset'
import { checkIntervention } from '../model/check-intervention'
import type { ModelConfig } from '../model/config'
import { checkLab } from './lab'
import type { AnalysisState } from './session'

/** Throws BadInput, with one sentence, unless every part of an analysis means something to a model of this shape. */
export function checkAnalysis(
  { digits, interventions, replace, focus, subset, lab }: AnalysisState,
  config: ModelConfig,
): void {
  const { layout, n_ctx } = config
  if (digits.length !== 2 * layout.operandDigits)
    throw new BadInput(
      `Its sums have ${digits.length / 2} digits, and the open model adds ${layout.operandDigits}: open the model that it was made with.`,
    )
  if (focus >= layout.answerDigits)
    throw new BadInput(
      `Its focus digit is C${focus}, and the open model answers C0 to C${layout.answerDigits - 1}: choose one of these.`,
    )
  for (const intervention of interventions) checkIntervention(config, intervention)
  if (replace.positions !== 'all' && replace.positions.some((position) => position >= n_ctx))
    throw new BadInput(`It names a position beyond the open model's ${n_ctx}: open the model that it was made with.`)
  parseSubset(subset, layout)
  checkLab(lab, config)
}

/** Whether an analysis means something to a model of this shape. */
export function fitsModel(analysis: AnalysisState, config: ModelConfig): boolean {
  try {
    checkAnalysis(analysis, config)
    return true
  } catch (error) {
    if (error instanceof BadInput) return false
    throw error
  }
}
