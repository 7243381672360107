import { refusalOf } from '../../contract/failure'
import type { Application } from '../state/application.svelte'

/** Waits for what a person asked for, and says in the window why it could not be done. */
export async function attempt(application: Pick<Application, 'refuse'>, work: Promise<unknown>): Promise<void> {
  const refusal = await refusalOf(work)
  if (refusal !== null) application.refuse(refusal)
}
