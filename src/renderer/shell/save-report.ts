import { figures } from '../../charts/registry'
import type { EngineClient } from '../../contract/contract'
import type { Intervention } from '../../model/intervention'
import type { ReportedSums } from '../../report/every-sum-sections'
import { htmlPieces } from '../../report/html'
import { makeReport } from '../../report/report'
import type { Application } from '../state/application.svelte'
import { savePage } from './save-page'

/** Makes a report of every figure of the open model, of the sum on screen and under its interventions, and saves it. */
export async function saveReport(application: Application): Promise<void> {
  const { explorer, engine } = application
  if (!explorer) return
  const { shownSum: sum, session, model } = explorer
  const { interventions } = session.analysis
  await savePage(application, 'report', `${model.name}-report.html`, async (job) => {
    const everySum = await keptEvaluations(engine, interventions)
    const subject = { ...(sum && { sum }), interventions, everySum }
    const report = await makeReport(figures, model, job.work(engine), subject)
    return job.gathered(htmlPieces(report))
  })
}

/** What is kept of every sum, clean and under the interventions; only evaluations that are done. Nothing is computed for it. */
async function keptEvaluations(
  engine: EngineClient,
  interventions: readonly Intervention[],
): Promise<readonly ReportedSums[]> {
  const kept: ReportedSums[] = []
  for (const acting of interventions.length === 0 ? [[]] : [[], interventions]) {
    const { state, evaluation } = await engine.call('exhaustive', { interventions: acting, action: 'look' })
    if (state === 'done' && evaluation) kept.push({ every: evaluation, interventions: acting })
  }
  return kept
}
