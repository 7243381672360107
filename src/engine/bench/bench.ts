import { sumDataset } from '../../core/dataset'
import type { Tensor } from '../../core/tensor'
import type { Model } from '../../model/model'
import type { EngineHandlers } from '../../contract/rpc-server'
import { unwatched } from '../../contract/unwatched'
import { type Durations, durationsInTurn, durationsOf } from './duration'
import { type ExhaustiveRate, exhaustiveRate } from './exhaustive-rate'
import { plainLoss, plainSweep } from './plain-runs'

/** Every number of one benchmark; durations in milliseconds, all medians unless named otherwise. */
export interface BenchResult extends ExhaustiveRate {
  /** The mean ablations of every head's result, q, k and v over `sweepSums` sums. */
  readonly sweepMs: number
  readonly sweepSums: number
  readonly sweepAblations: number
  readonly plainSweepMs: number
  /** Largest distance of a loss difference from the plain sweep's, in nats: the two compute the same. */
  readonly sweepDifference: number
  /** One sum as a keystroke asks for it: clean and under two interventions, all that Explore shows. */
  readonly oneSumMs: number
  readonly oneSumP95Ms: number
  /** Scoring `throughputSums` sums. */
  readonly sumsPerSecond: number
  readonly plainSumsPerSecond: number
  readonly throughputSums: number
}

/** How often each part is run, and before that to warm up: the engine's code is compiled while it runs. */
export interface BenchRuns {
  readonly warmUps: number
  readonly sweeps: number
  readonly sweepSums: number
  readonly keystrokes: number
  readonly throughputs: number
  readonly throughputSums: number
  /** One of this many shards is evaluated exhaustively. */
  readonly exhaustiveShards: number
}

const fullBench: BenchRuns = {
  warmUps: 3,
  sweeps: 15,
  sweepSums: 1000,
  keystrokes: 500,
  throughputs: 5,
  throughputSums: 25_000,
  exhaustiveShards: 500,
}

/**
 * Measures an engine in which the model is open, and the same model plainly, in turn. Every run is of other sums, because
 * the engine remembers its results. `tell` is called with what is measured next.
 */
export async function runBench(
  engine: EngineHandlers,
  model: Model,
  tell: (part: string) => void,
  runs: BenchRuns = fullBench,
): Promise<BenchResult> {
  tell('the sweep')
  const sweep = await benchSweep(engine, model, runs)
  tell('one sum')
  const keystroke = await benchKeystroke(engine, model, runs)
  tell('many sums')
  const throughput = await benchThroughput(engine, model, runs)
  tell('every sum')
  return { ...sweep, ...keystroke, ...throughput, ...(await exhaustiveRate(model, runs.exhaustiveShards)) }
}

async function benchSweep(engine: EngineHandlers, model: Model, { warmUps, sweeps, sweepSums }: BenchRuns) {
  const ours = (seed: number) => sweepOf(engine, { size: sweepSums, seed })
  const plain = (seed: number) => plainSweep(model, sumDataset({ size: sweepSums, seed }, model.config.layout))
  const [differences, plainly] = [await ours(42), await plain(42)]
  await durationsOf(warmUps, (index) => ours(43 + index))
  const first = 43 + warmUps
  const [sweep, plainSweeps] = await durationsInTurn(sweeps, [
    (index) => ours(first + index),
    (index) => plain(first + index),
  ])
  const sweepDifference = differences.reduce(
    (largest, value, index) => Math.max(largest, Math.abs(value - plainly[index]!)),
    0,
  )
  return {
    sweepMs: sweep!.median,
    plainSweepMs: plainSweeps!.median,
    sweepDifference,
    sweepSums,
    sweepAblations: plainly.length,
  }
}

/** The loss differences of both analyses, in the order of the plain sweep. */
async function sweepOf(engine: EngineHandlers, dataset: { size: number; seed: number }): Promise<number[]> {
  const results = await Promise.all(
    ['head-ablation', 'qkv-ablation'].map((id) => engine.analyze({ id, params: { dataset } }, unwatched)),
  )
  return results.flatMap((result) => Array.from((result['lossDiff'] as Tensor).data))
}

async function benchKeystroke(engine: EngineHandlers, model: Model, { keystrokes }: BenchRuns) {
  const sums = sumDataset({ size: keystrokes, seed: 1 }, model.config.layout)
  const everywhere = { positions: 'all', mode: 'mean' } as const
  const interventions = [
    { site: 'result', layer: 0, head: 0, ...everywhere },
    { site: 'q', layer: model.config.n_layers - 1, head: 0, ...everywhere },
  ] as const
  const type = (index: number) => engine.explore({ sum: sums[index]!, interventions }, unwatched)
  await durationsOf(Math.min(20, keystrokes), type)
  const { median: oneSumMs, p95: oneSumP95Ms } = await durationsOf(keystrokes, type)
  return { oneSumMs, oneSumP95Ms }
}

async function benchThroughput(engine: EngineHandlers, model: Model, { throughputs, throughputSums: size }: BenchRuns) {
  const ours = (seed: number) => engine.analyze({ id: 'performance', params: { dataset: { size, seed } } }, unwatched)
  const plain = (seed: number) => plainLoss(model, sumDataset({ size, seed }, model.config.layout))
  await Promise.all([ours(42), plain(42)])
  const [scored, plainly] = await durationsInTurn(throughputs, [
    (index) => ours(43 + index),
    (index) => plain(43 + index),
  ])
  const rate = ({ median }: Durations): number => (1000 * size) / median
  return { sumsPerSecond: rate(scored!), plainSumsPerSecond: rate(plainly!), throughputSums: size }
}
