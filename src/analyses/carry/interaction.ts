import { playersIn, subsetPlan } from '../../core/head-subsets'
import { headLabels } from '../../core/heads'
import { axis, tensorOver } from '../../core/axis'
import type { Tensor } from '../../core/tensor'
import { defineAnalysis } from '../analysis'
import { mode, ofRunSums } from '../parameters'
import { digitAxis, headAxes } from '../parts/axes'
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
    const subsets = plan.subsets.map((subset) => subsetLabel(subset, heads))
    const axes = [axis('subset', subsets), digitAxis(layout)] as const
    const resultOf = () => {
      const loss = tensorOver(axes, losses.perDigit(), 'nats')
      const asked = { mode: params.mode ?? 'mean', meanOver: params.meanOver ?? 'subset', n: losses.sums }
      return { ...asked, ...valuesOf(loss, headAxes(model.config)) }
    }
    for await (const { done, total } of losses.batches()) progress(done, total, resultOf())
    return resultOf()
  },
  complete: (result) => {
    const [n_layers, n_heads] = result.shapleyMean.shape as [number, number]
    return { ...result, ...valuesOf(result.loss, headAxes({ n_layers, n_heads })) }
  },
})

type Loss = Tensor<readonly ['subset', 'digit']>

/** What the heads are worth by the losses of the plan's subsets; NaN where one is missing. */
function valuesOf(loss: Loss, axes: ReturnType<typeof headAxes>) {
  const [subsets, digits] = loss.shape as [number, number]
  const [layer, head] = axes
  const players = layer.extent * head.extent
  const plan = subsetPlan(players)
  const heads = headLabels(layer.extent, head.extent)
  const worthAt = (digit: number) => Float64Array.from({ length: subsets }, (_, at) => loss.data[at * digits + digit]!)
  const digitIndices = Array.from({ length: digits }, (_, digit) => digit)
  const mean = Float64Array.from({ length: subsets }, (_, at) =>
    digitIndices.reduce((sum, digit) => sum + loss.data[at * digits + digit]! / digits, 0),
  )
  const ofMean = worthOf(plan, mean, players)
  const ofDigits = digitIndices.map((digit) => worthOf(plan, worthAt(digit), players))
  const perDigit = [...axes, axis('digit', loss.labels.digit!)] as const
  const pairs = [axis('headA', heads), axis('headB', heads)] as const
  const byHead = (which: 'values' | 'errors') =>
    Float64Array.from({ length: players * digits }, (_, at) => ofDigits[at % digits]![which][Math.floor(at / digits)]!)
  return {
    /** How many orders the values are means over; 0 where every subset is known and they are exact. */
    orders: plan.orders?.length ?? 0,
    loss,
    shapley: tensorOver(perDigit, byHead('values'), 'nats'),
    shapleySe: tensorOver(perDigit, byHead('errors'), 'nats'),
    shapleyMean: tensorOver(axes, ofMean.values, 'nats'),
    shapleyMeanSe: tensorOver(axes, ofMean.errors, 'nats'),
    pair: tensorOver(pairs, pairsOf(plan, mean, players), 'nats'),
    pairPlain: tensorOver(pairs, plainPairsOf(plan, mean, players), 'nats'),
  }
}

/** `none`, `H0.0`, `H0.1`, `H0.0+H0.1` and so on: the first head is the lowest bit. */
function subsetLabel(subset: number, heads: readonly string[]): string {
  const ablated = playersIn(subset, heads.length).map((player) => heads[player]!)
  return ablated.length > 0 ? ablated.join('+') : 'none'
}
