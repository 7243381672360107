import { systemReason } from './system-reason'

/** Why a session could not be saved and what to do, as one sentence. */
export function saveRefusal(path: string, error: unknown): string {
  return `The session could not be saved to "${path}" (${systemReason(error)}): make room or save it elsewhere; what is on screen stays.`
}
