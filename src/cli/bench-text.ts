import type { BenchResult } from '../engine/bench/bench'
import type { PeerTiming } from './transformer-lens'

/** A benchmark in sentences: the ratios are what can be compared between machines. */
export function benchText(result: BenchResult, processes: number, peer: PeerTiming): string {
  const where = `Analyses ran in ${processes} ${processes === 1 ? 'process' : 'processes'}, plain forward passes in one.`
  const parts = [sweepText(result), oneSumText(result), manySumsText(result), exhaustiveText(result)]
  return [where, ...parts, peerText(result, peer)].join('\n') + '\n'
}

function sweepText({ sweepMs, plainSweepMs, sweepAblations, sweepSums, sweepDifference }: BenchResult): string {
  return (
    `Sweep: ${sweepAblations} mean ablations over ${sweepSums} sums in ${seconds(sweepMs)}, ` +
    `${times(plainSweepMs / sweepMs)} the speed of plain forward passes one after the other (${seconds(plainSweepMs)}); ` +
    `the losses differ by at most ${sweepDifference.toExponential(0)} nats.`
  )
}

function oneSumText({ oneSumMs, oneSumP95Ms }: BenchResult): string {
  return `One sum, clean and under two interventions, with all that Explore shows: ${oneSumMs.toFixed(2)} ms, at most ${oneSumP95Ms.toFixed(2)} ms for 95 of 100.`
}

function manySumsText({ throughputSums, sumsPerSecond, plainSumsPerSecond }: BenchResult): string {
  return (
    `${throughputSums} sums, scored: ${Math.round(sumsPerSecond)} per second, ` +
    `${times(sumsPerSecond / plainSumsPerSecond)} the plain rate (${Math.round(plainSumsPerSecond)}).`
  )
}

function exhaustiveText({ exhaustiveSums, exhaustiveSumsPerSecond, exhaustiveSpeedup }: BenchResult): string {
  return (
    `Exhaustive evaluation: ${Math.round(exhaustiveSumsPerSecond)} sums per second and core over ${exhaustiveSums}, ` +
    `${times(exhaustiveSpeedup)} the rate of plain forward passes between them.`
  )
}

function peerText({ sweepMs }: BenchResult, peer: PeerTiming): string {
  if ('absent' in peer) return peer.absent
  return peer.devices
    .map(
      (timing) =>
        `TransformerLens ${peer.version} takes ${seconds(timing.sweepMs)} for the same sweep on ` +
        `${timing.device === 'cpu' ? `${peer.threads} threads` : timing.device}: ours is ` +
        `${times(timing.sweepMs / sweepMs)} as fast, and the losses differ by at most ${timing.difference.toExponential(0)} nats.`,
    )
    .join('\n')
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`
}

function times(ratio: number): string {
  return `${ratio.toFixed(1)} times`
}
