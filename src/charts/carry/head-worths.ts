import type { ResultOf } from '../../analyses/registry'
import { headLabels } from '../../core/heads'
import { mostWhole, playersIn, subsetPlan } from '../../core/head-subsets'
import { shapleyInteractions, shapleyValues } from '../../core/shapley'

/** One set of heads ablated at once. */
export interface AblatedSubset {
  /** A sum of 2^head. */
  readonly subset: number
  /** Indices of the heads. */
  readonly heads: readonly number[]
  /** Nats; NaN while it is not known. */
  readonly loss: number
}

/** What the heads are worth for one digit, or on average over all. */
export interface Worths {
  /** `H0.0` and so on. */
  readonly heads: readonly string[]
  readonly layers: number
  /** `mean` or `C1`. */
  readonly of: string
  readonly subsets: readonly AblatedSubset[]
  /** Whether all subsets are there and the values exact. */
  readonly whole: boolean
  /** Random orders that the values are means over; 0 where they are exact. */
  readonly orders: number
  readonly shapley: readonly number[]
  /** Standard errors; 0 where exact. */
  readonly errors: readonly number[]
  /** [head, other]; NaN on the diagonal and where it is not known. */
  readonly pair: readonly number[]
  readonly pairPlain: readonly number[]
  /** NaN where it is not known. */
  readonly lossOf: (subset: number) => number
}

export function worthColumns({ loss }: ResultOf<'interaction'>): readonly string[] {
  return ['mean', ...(loss.labels.digit ?? [])]
}

export function worthsOf(result: ResultOf<'interaction'>, of: string): Worths {
  const { loss, shapley, shapleySe, shapleyMean, shapleyMeanSe, orders } = result
  const [layers, ofLayer] = shapleyMean.shape as [number, number]
  const players = layers * ofLayer
  const digits = loss.shape[1]!
  const column = (loss.labels.digit ?? []).indexOf(of)
  const plan = subsetPlan(players)
  const lossAt = (at: number) => {
    const row = Array.from(loss.data.slice(at * digits, (at + 1) * digits))
    return column < 0 ? row.reduce((sum, value) => sum + value / digits, 0) : row[column]!
  }
  const subsets = plan.subsets.map((subset, at): AblatedSubset => {
    return { subset, heads: playersIn(subset, players), loss: lossAt(at) }
  })
  const known = new Map(subsets.map(({ subset, loss: nats }) => [subset, nats]))
  const lossOf = (subset: number) => known.get(subset) ?? NaN
  const whole = players <= mostWhole
  const losses = subsets.map(({ loss: nats }) => nats)
  const ofColumn = (data: ArrayLike<number>) =>
    Array.from({ length: players }, (_, head) => data[head * digits + column]!)
  return {
    heads: headLabels(layers, ofLayer),
    layers,
    of: column < 0 ? 'mean' : of,
    subsets,
    whole,
    orders,
    shapley: whole
      ? Array.from(shapleyValues(losses, players))
      : column < 0
        ? Array.from(shapleyMean.data)
        : ofColumn(shapley.data),
    errors: column < 0 ? Array.from(shapleyMeanSe.data) : ofColumn(shapleySe.data),
    pair: whole ? Array.from(shapleyInteractions(losses, players)) : new Array<number>(players ** 2).fill(NaN),
    pairPlain: Array.from({ length: players ** 2 }, (_, at) => {
      const [one, other] = [2 ** Math.floor(at / players), 2 ** (at % players)]
      return one === other ? NaN : lossOf(one + other) - lossOf(one) - lossOf(other) + lossOf(0)
    }),
    lossOf,
  }
}

/** What ablating a head alone adds. */
export function aloneOf({ lossOf }: Worths, head: number): number {
  return lossOf(2 ** head) - lossOf(0)
}

/** How far the Shapley values' sum is from the loss with all ablated less the clean one. */
export function worthsClosure({ shapley, lossOf, heads }: Worths): number {
  const total = shapley.reduce((sum, value) => sum + value, 0)
  return Math.abs(total - (lossOf(2 ** heads.length - 1) - lossOf(0)))
}

/** The chosen head's index; the one of the largest value where none is chosen. */
export function chosenHead({ heads, shapley }: Worths, name: string | undefined): number {
  const known = heads.indexOf(name ?? '')
  if (known >= 0) return known
  return shapley.reduce((best, value, head) => (value > (shapley[best] ?? -Infinity) ? head : best), 0)
}

/** `none`, `H0.0 and H1.2`: what a subset ablates, in words. */
export function namesOfSubset(names: readonly string[], heads: readonly number[]): string {
  if (heads.length === 0) return 'none ablated'
  return heads.length === names.length ? 'all ablated' : heads.map((head) => names[head]!).join(' ')
}
