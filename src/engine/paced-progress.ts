import type { Progress } from '../contract/contract'

/** As often as a count can be read while it grows, ms. */
const pauseMs = 100

/**
 * Passes on reports of progress: all that bring a partial result, of others the first and then at most ten a second. A sweep reports
 * after every few milliseconds of work, and each report makes the window draw a frame; so do the margins of a cell.
 */
export function pacedProgress(
  progress: (report: Progress) => void,
  now = () => performance.now(),
): (report: Progress) => void {
  let passedOn = -Infinity
  return (report) => {
    if (report.partial === undefined && now() - passedOn < pauseMs) return
    passedOn = now()
    progress(report)
  }
}
