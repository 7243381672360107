import { playersIn, subsetPlan } from '../../core/head-subsets'
import { headLabels } from '../../core/heads'
import { digitLabels } from '../../core/positions'
import { tensor, type Tensor } from '../../core/tensor'
import { defineAnalysis } from '../analysis'
import { mode, ofRunSums } from '../parameters'
import { headAxes } from '../parts/model-heads'
import { pairsOf, plainPairsOf, worthOf } from '../parts/interaction-values'
import { SubsetLosses } from '../parts/subset-losses'

/**
 * What the heads are worth together: the loss with every subset of them ablated at once, and how it is shared out among them. The
 * Shapley values add up to the loss with all ablated less the clean one.
 */
export const interaction = defineAnalysis({
  id: 'interaction',
  question: 'Do the heads help each other, or stand in for each other?',
  definition:
    'Loss with hook_result of every subset of the heads replaced at every position (by its clean mean over the sums that run, ' +
    'also in later layers, by 0, or by another sum’s), in nats. shapley: what ablating a head adds to the loss, averaged over all ' +
    'orders in which all are ablated; of more than 10 heads over 24 random orders, with shapleySe, and only subsets of none, one, two ' +
    'and all are asked besides. pair: Shapley interaction of the mean loss; pairPlain: loss of both less that of each alone.',
  about: 'dataset',
  parameters: { ...ofRunSums, mode },
  divides: true,
  async run({ model, progress, ...context }, params) {
    const { n_layers, n_heads, layout } = model.config
    const heads = headLabels(n_layers, n_heads)
    const plan = subsetPlan(heads.length)
    const losses = new SubsetLosses(model, params, plan.subsets, context)
    const labels = {
      subset: plan.subsets.map((subset) => subsetLabel(subset, heads)),
      digit: digitLabels(layout.answerDigits),
    }
    const resultOf = () => {
      const loss = tensor(['subset', 'digit'], [plan.subsets.length, layout.answerDigits], losses.perDigit(), {
        labels,
        unit: 'nats',
      })
      const asked = { mode: params.mode ?? 'mean', meanOver: params.meanOver ?? 'subset', n: losses.sums }
      return { ...asked, ...valuesOf(loss, headAxes(model)) }
    }
    for await (const { done, total } of losses.batches()) progress(done, total, resultOf())
    return resultOf()
  },
  complete: (result) => {
    const { shape, labels } = result.shapleyMean
    return { ...result, ...valuesOf(result.loss, { shape, labels }) }
  },
})

type Loss = Tensor<readonly ['subset', 'digit']>

/** What the heads are worth by the losses of the plan's subsets; NaN where one is missing. `axes` are [layer, head]. */
function valuesOf(loss: Loss, axes: Pick<Tensor, 'shape' | 'labels'>) {
  const [subsets, digits] = loss.shape as [number, number]
  const players = axes.shape[0]! * axes.shape[1]!
  const plan = subsetPlan(players)
  const heads = headLabels(axes.shape[0]!, axes.shape[1]!)
  const worthAt = (digit: number) => Float64Array.from({ length: subsets }, (_, at) => loss.data[at * digits + digit]!)
  const digitIndices = Array.from({ length: digits }, (_, digit) => digit)
  const mean = Float64Array.from({ length: subsets }, (_, at) =>
    digitIndices.reduce((sum, digit) => sum + loss.data[at * digits + digit]! / digits, 0),
  )
  const ofMean = worthOf(plan, mean, players)
  const ofDigits = digitIndices.map((digit) => worthOf(plan, worthAt(digit), players))
  const byHead = (which: 'values' | 'errors') =>
    tensor(
      ['layer', 'head', 'digit'],
      [...axes.shape, digits],
      Float64Array.from(
        { length: players * digits },
        (_, at) => ofDigits[at % digits]![which][Math.floor(at / digits)]!,
      ),
      { labels: { ...axes.labels, digit: loss.labels.digit! }, unit: 'nats' },
    )
  const overHeads = (data: Float64Array) =>
    tensor(['layer', 'head'], [...axes.shape], data, { labels: axes.labels, unit: 'nats' })
  const overPairs = (data: Float64Array) =>
    tensor(['headA', 'headB'], [players, players], data, { labels: { headA: heads, headB: heads }, unit: 'nats' })
  return {
    /** How many orders the values are means over; 0 where every subset is known and they are exact. */
    orders: plan.orders?.length ?? 0,
    loss,
    shapley: byHead('values'),
    shapleySe: byHead('errors'),
    shapleyMean: overHeads(ofMean.values),
    shapleyMeanSe: overHeads(ofMean.errors),
    pair: overPairs(pairsOf(plan, mean, players)),
    pairPlain: overPairs(plainPairsOf(plan, mean, players)),
  }
}

/** `none`, `H0.0`, `H0.1`, `H0.0+H0.1` and so on: the first head is the lowest bit. */
function subsetLabel(subset: number, heads: readonly string[]): string {
  const ablated = playersIn(subset, heads.length).map((player) => heads[player]!)
  return ablated.length > 0 ? ablated.join('+') : 'none'
}
