import type { Analysis } from './analysis'
import type { AnalysisParams } from './registry'

/**
 * The analysis with this id; rejects as BadInput where there is none, or where the parameters do not fit it. All analyses are loaded with
 * the first question, since no window waits for one before its first result.
 */
export async function checkedAnalysis(id: string, params: AnalysisParams): Promise<Analysis> {
  const [{ analysisNamed }, { checkParams }] = await Promise.all([import('./analysis-named'), import('./check-params')])
  const analysis = analysisNamed(id)
  checkParams(analysis, params)
  return analysis
}
