import { positionLabels } from '../../core/positions'
import { tensor } from '../../core/tensor'
import type { ModelConfig } from '../../model/config'
import { defineAnalysis } from '../analysis'
import { ofRunSums } from '../parameters'
import { FoldedRows } from '../parts/folded-probe'
import { copyRows } from '../parts/position-rows'
import { mapTargets, type ProbeTarget } from '../parts/probe-target'
import { streamStages } from '../parts/stream-stages'
import { chosenSums } from '../running/chosen-sums'
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
    const { model } = context
    const { config } = model
    const { n_ctx, layout, d_model } = config
    const stages = streamStages(config)
    const { share = { index: 0, of: 1 } } = context.schedule ?? {}
    const targets = mapTargets(layout)
    const sums = chosenSums(params, layout, context.schedule).slice(0, mostSums)
    const labels = targets.map((target) => Uint8Array.from(sums, (sum) => target.labelOf(sum)))
    const askable = labels.flatMap((values, target) => (values.some((label) => label !== values[0]) ? [target] : []))
    const asked = askable.map((target) => ({ labels: labels[target]!, classes: targets[target]!.labels.length }))
    const accuracy = new Float64Array(stages.length * n_ctx * targets.length).fill(NaN)
    const cells = stages.flatMap((_, stage) => Array.from({ length: n_ctx }, (__, position) => ({ stage, position })))
    const mine = cells.filter((_, index) => index % share.of === share.index)
    const rows = mine.map(() => new Float64Array(sums.length * d_model))
    await runIntervenedBatches(
      { ...context, progress: () => undefined },
      params,
      { outputs: stages.map(({ hook }) => hook), atMost: mostSums },
      (run, { begin }) => {
        mine.forEach(({ stage, position }, index) => {
          copyRows(run.get(stages[stage]!.hook)!, position, rows[index]!, begin)
        })
      },
      () => ({}),
    )
    const resultOf = () =>
      mapResult(
        config,
        stages.map(({ hook }) => hook),
        targets,
        labels,
        accuracy,
      )
    for (const [index, { stage, position }] of mine.entries()) {
      const scores = new FoldedRows(rows[index]!, d_model).score(asked, false)
      askable.forEach((target, place) => {
        accuracy[(stage * n_ctx + position) * targets.length + target] = scores[place]!.accuracy
      })
      context.progress(index + 1, mine.length, resultOf())
    }
    return resultOf()
  },
})

function mapResult(
  { n_ctx, layout }: ModelConfig,
  hooks: readonly string[],
  targets: readonly ProbeTarget[],
  labels: readonly Uint8Array[],
  accuracy: Float64Array,
) {
  const target = targets.map(({ name }) => name)
  const majority = labels.map((values, column) => {
    const counts = targets[column]!.labels.map((_, label) => values.filter((value) => value === label).length)
    return Math.max(...counts) / values.length
  })
  return {
    n: labels[0]!.length,
    accuracy: tensor(['hook', 'position', 'target'], [hooks.length, n_ctx, targets.length], accuracy.slice(), {
      labels: { hook: hooks, position: positionLabels(layout), target },
      unit: 'share',
    }),
    majority: tensor(['target'], [targets.length], Float64Array.from(majority), { labels: { target }, unit: 'share' }),
  }
}
