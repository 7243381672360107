import { failureOf } from '../../contract/failure'
import { saveBlob } from '../charts/deliver'
import type { Application } from '../state/application.svelte'
import { PageJob } from '../state/page-job.svelte'

/** Makes a page of the open model and saves it where the person says; one at a time. */
export async function savePage(
  application: Application,
  called: PageJob['called'],
  name: string,
  make: (job: PageJob) => Promise<Blob>,
): Promise<void> {
  if (!application.explorer || application.page) return
  const job = new PageJob(called)
  application.page = job
  try {
    saveBlob(name, await make(job))
  } catch (error) {
    const reason = job.cancelled ? job.reason : failureOf(error).message
    if (reason !== null) application.refuse(`The ${called} could not be made: ${reason}`)
  } finally {
    application.page = null
  }
}
