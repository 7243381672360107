import { sumDataset } from '../core/dataset'
import { candidateLayouts } from '../core/layout-candidates'
import { answerPositions } from '../core/positions'
import { logSumExp } from '../core/softmax'
import { contextLength, defaultDataset, publishedLayout, type TaskLayout } from '../core/task-layout'
import { answerDigitsOf, tokensOf } from '../core/tokens'
import { vocabularyOrder } from '../core/vocabulary'
import { tensor } from '../core/tensor'
import type { Model } from './model'

/** The loss of guessing among the ten digits, in nats. */
export const chanceLoss = Math.log(10)

/** A layout, and the loss of the right digits under it, in nats per digit. */
export interface ScoredLayout {
  readonly layout: TaskLayout
  readonly loss: number
}

/** Sums that sort out most layouts, and how many layouts are then tried on the whole set. */
const roughSums = 32
const finalists = 6
const batch = 64
/** By how much another layout has to add better than one that is likelier, in nats per digit. */
const margin = 0.02

/** What a model's vocabulary is, by its file's ids, and its context: a layout under which it can be run in any other. */
export function wholeContextLayout(n_ctx: number): TaskLayout {
  const shortest = publishedLayout(1)
  return { ...shortest, before: new Array<number>(n_ctx - contextLength(shortest)).fill(0) }
}

/**
 * The layout under which a model adds best, on 1000 sums. `model` is opened with `wholeContextLayout`, so that its tokens are
 * the file's ids and it has every position of the file. Null where no layout adds better than chance.
 */
export async function bestLayout(model: Model): Promise<ScoredLayout | null> {
  const { n_ctx, d_vocab } = model.config
  const rough: ScoredLayout[] = []
  for (const layout of candidateLayouts(n_ctx, d_vocab))
    rough.push({ layout, loss: await lossUnder(model, layout, roughSums) })
  const order = rough.toSorted((one, other) => one.loss - other.loss).slice(0, finalists)
  let best: ScoredLayout | null = null
  // In the order of likelihood, so that of two that add alike the likelier stays.
  for (const { layout } of rough.filter((each) => order.includes(each))) {
    const loss = await lossUnder(model, layout, defaultDataset.size)
    if (loss < chanceLoss && (!best || loss < best.loss - margin)) best = { layout, loss }
  }
  return best
}

/** The loss of a model under its own layout on the first sums of the default data set, in nats per digit. */
export async function answerLoss(model: Model, size: number = defaultDataset.size): Promise<number> {
  const { layout, d_vocab } = model.config
  const positions = answerPositions(layout)
  const sums = sumDataset(defaultDataset, layout).slice(0, size)
  let total = 0
  for (let begin = 0; begin < sums.length; begin += batch) {
    const part = sums.slice(begin, begin + batch)
    const logits = (await model.run(tokensOf(part, layout), { outputs: ['logits'], positions })).get('logits')!.data
    part.forEach((sum, example) => {
      answerDigitsOf(sum, layout).forEach((digit, index) => {
        const offset = (example * positions.length + index) * d_vocab
        total += logSumExp(logits, offset, d_vocab) - logits[offset + digit]!
      })
    })
  }
  return total / (sums.length * positions.length)
}

/** The loss under a layout of a model that is opened with `wholeContextLayout`. */
async function lossUnder(model: Model, layout: TaskLayout, size: number): Promise<number> {
  const { n_ctx, d_vocab } = model.config
  const ids = vocabularyOrder(layout, d_vocab)
  const positions = answerPositions(layout)
  const sums = sumDataset({ ...defaultDataset, size }, layout)
  let total = 0
  for (let begin = 0; begin < size; begin += batch) {
    const part = sums.slice(begin, begin + batch)
    const { data, shape } = tokensOf(part, layout)
    const length = shape[1]!
    const tokens = new Int32Array(part.length * n_ctx)
    data.forEach((token, index) => {
      tokens[Math.floor(index / length) * n_ctx + (index % length)] = ids[token]!
    })
    const run = await model.run(tensor(['example', 'position'], [part.length, n_ctx], tokens), { outputs: ['logits'] })
    const logits = run.get('logits')!.data
    part.forEach((sum, example) => {
      answerDigitsOf(sum, layout).forEach((digit, index) => {
        const offset = (example * n_ctx + positions[index]!) * d_vocab
        total += logSumExp(logits, offset, d_vocab) - logits[offset + ids[digit]!]!
      })
    })
  }
  return total / (size * layout.answerDigits)
}
