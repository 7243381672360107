import { stackProduct } from '../../core/matrix-stack'
import { axis, tensorOver } from '../../core/axis'
import type { ModelConfig } from '../../model/config'
import { defineAnalysis, type Schedule } from '../analysis'
import { ofRunSums } from '../parameters'
import { positionAxis } from '../parts/axes'
import { FoldedProbe } from '../parts/folded-probe'
import { LabelColumns, majorityOf } from '../parts/label-columns'
import { copyRows } from '../parts/position-rows'
import { factsOf, mapTargets, type ProbeTarget } from '../parts/probe-target'
import { streamStages } from '../parts/stream-stages'
import { chosenSums } from '../running/chosen-sums'
import { consecutiveShare } from '../running/consecutive-share'
import { runIntervenedBatches } from '../running/intervened-batches'

/** More sums than this would keep too many activations in memory. */
const mostSums = 20_000

/** Where the residual stream tells which facts about the sum, by linear probes. */
export const probeMap = defineAnalysis({
  id: 'probe-map',
  question: 'Where in the residual stream can which facts about the sum be read?',
  definition:
    'accuracy of a ridge probe as in "probe" for the residual stream before layer 0 and after each layer, at every position, and ' +
    'for every carry, column class, last digit of a column’s sum and answer digit. Of at most 20,000 sums. NaN where all labels ' +
    'are equal. majority: share of the commonest label.',
  about: 'dataset',
  parameters: ofRunSums,
  divides: true,
  async run(context, params) {
    const { model, multiply = stackProduct } = context
    const { config } = model
    const { n_ctx, layout, d_model } = config
    const hooks = streamStages(config).map(({ hook }) => hook)
    const targets = mapTargets(layout)
    const facts = factsOf(chosenSums(params, layout, context.schedule).slice(0, mostSums), layout)
    const labels = targets.map(({ labelOf }) => Uint8Array.from(facts, labelOf))
    const askable = labels.flatMap((values, target) => (values.some((label) => label !== values[0]) ? [target] : []))
    const cells = hooks.flatMap((hook, stage) =>
      Array.from({ length: n_ctx }, (_, position) => ({ hook, stage, position })),
    )
    const mine = cellsOfShare(cells, context.schedule)
    const rows = mine.map(() => new Float32Array(facts.length * d_model))
    await runIntervenedBatches(
      { ...context, progress: () => undefined },
      params,
      { outputs: [...new Set(mine.map(({ hook }) => hook))], atMost: mostSums },
      (run, { begin }) => {
        mine.forEach(({ hook, position }, index) => {
          copyRows(run.get(hook)!, position, rows[index]!, begin)
        })
      },
      () => ({}),
    )
    const resultOf = mapResult(config, hooks, targets, labels)
    const accuracy = new Float64Array(cells.length * targets.length).fill(NaN)
    if (askable.length === 0) return resultOf(accuracy)
    const columns = new LabelColumns(
      askable.map((target) => ({ labels: labels[target]!, classes: targets[target]!.labels.length })),
    )
    for (const [index, { stage, position }] of mine.entries()) {
      const scores = await (await FoldedProbe.of(rows[index]!, columns, multiply)).score(false)
      askable.forEach((target, place) => {
        accuracy[(stage * n_ctx + position) * targets.length + target] = scores[place]!.accuracy
      })
      context.progress(index + 1, mine.length, resultOf(accuracy))
    }
    return resultOf(accuracy)
  },
})

/** Cells before the first layer are the first process's besides: there are no more rows than tokens, so that they take no time. */
function cellsOfShare<T extends { readonly stage: number }>(
  cells: readonly T[],
  schedule: Schedule = {},
): readonly T[] {
  const early = cells.filter(({ stage }) => stage === 0)
  const mine = consecutiveShare(cells.slice(early.length), schedule)
  return (schedule.share?.index ?? 0) === 0 ? [...early, ...mine] : mine
}

/** What is told of accuracies [hook, position, target]. */
function mapResult(
  { layout }: ModelConfig,
  hooks: readonly string[],
  targets: readonly ProbeTarget[],
  labels: readonly Uint8Array[],
) {
  const names = targets.map(({ name }) => name)
  const target = axis('target', names)
  const axes = [axis('hook', hooks), positionAxis('position', layout), target] as const
  const majority = labels.map((values, column) => majorityOf(values, targets[column]!.labels.length))
  return (accuracy: Float64Array) => ({
    n: labels[0]!.length,
    accuracy: tensorOver(axes, accuracy.slice(), 'share'),
    majority: tensorOver([target], majority, 'share'),
  })
}
