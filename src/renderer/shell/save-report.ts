import { failureOf } from '../../contract/failure'
import { saveBlob } from '../charts/deliver'
import type { Application } from '../state/application.svelte'
import { ReportJob } from '../state/report.svelte'

/** Makes a report of the open model and saves it where the person says; one at a time. */
export async function saveReport(application: Application): Promise<void> {
  const { explorer, engine } = application
  if (!explorer || application.report) return
  const job = new ReportJob()
  application.report = job
  try {
    const { shownSum: sum, session } = explorer
    const { interventions } = session.analysis
    const page = await job.run(engine, explorer.model, { ...(sum && { sum }), interventions })
    saveBlob(`${explorer.model.name}-report.html`, page)
  } catch (error) {
    if (!job.cancelled) application.refuse(`The report could not be made: ${failureOf(error).message}`)
  } finally {
    application.report = null
  }
}
