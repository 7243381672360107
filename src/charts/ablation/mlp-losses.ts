import type { ResultOf } from '../../analyses/registry'
import type { MlpLosses } from './ablation-table'

/** What the MLPs are worth; undefined in an attention-only model. */
export function mlpLosses({
  mlpLossDiff,
  mlpLossDiffPerDigit,
}: Pick<ResultOf<'head-ablation'>, 'mlpLossDiff' | 'mlpLossDiffPerDigit'>): MlpLosses | undefined {
  if (!mlpLossDiff || !mlpLossDiffPerDigit) return undefined
  return { lossDiff: mlpLossDiff, lossDiffPerDigit: mlpLossDiffPerDigit }
}
