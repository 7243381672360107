import { figures } from '../../charts/registry'
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
    const report = await makeReport(figures, model, job.work(engine), { ...(sum && { sum }), interventions })
    return job.gathered(htmlPieces(report))
  })
}
