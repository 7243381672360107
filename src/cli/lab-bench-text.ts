import type { LabTiming } from '../engine/bench/lab-bench'
import type { LabPeer } from './lab-peer'
import type { Absent } from './peer'
import { aligned } from './text-table'

/** How long the carry lab's questions take, beside what is wanted and what TransformerLens takes. */
export function labBenchText(timings: readonly LabTiming[], processes: number, peer: LabPeer | Absent): string {
  const measured = 'absent' in peer ? null : peer
  const rows = timings.map(({ id, name, sums, medianMs, wantedMs }) => {
    const theirs = measured?.tasks[id]
    return [
      id,
      name,
      String(sums),
      milliseconds(medianMs),
      milliseconds(wantedMs),
      ...(theirs
        ? [
            milliseconds(theirs.medianMs),
            `${(theirs.medianMs / medianMs).toFixed(1)} times`,
            theirs.difference.toExponential(0),
          ]
        : []),
    ]
  })
  const heading = [
    'analysis',
    'what',
    'sums',
    'took',
    'wanted',
    ...(measured ? [`TransformerLens ${measured.version}`, 'ratio', 'apart by'] : []),
  ]
  const where = `Analyses ran in ${processes} ${processes === 1 ? 'process' : 'processes'}; medians of rounds over other sums each.`
  const whose = measured
    ? 'TransformerLens ran on one thread or all, whichever was faster; "apart by" is the largest difference of what both found.'
    : (peer as Absent).absent
  return `${where}\n${aligned([heading, ...rows])}\n${whose}\n`
}

function milliseconds(time: number): string {
  return `${time < 100 ? time.toFixed(1) : time.toFixed(0)} ms`
}
