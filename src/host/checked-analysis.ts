import type { Analysis } from '../analyses/analysis'
import type { MethodParams } from '../contract/contract'

/**
 * The analysis of a question; rejects where there is none, or where the parameters do not fit it. All analyses are loaded with the first
 * question, since no window waits for one before its first result.
 */
export async function checkedAnalysis({ id, params }: MethodParams<'analyze'>): Promise<Analysis> {
  const [{ analysisNamed }, { checkParams }] = await Promise.all([
    import('../analyses/analysis-named'),
    import('../analyses/check-params'),
  ])
  const analysis = analysisNamed(id)
  checkParams(analysis, params)
  return analysis
}
