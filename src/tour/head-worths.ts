import { headLabels } from '../core/heads'
import { entryOf } from './entry'
import { asked, thousand, type Inquiry } from './inquiry'

/** Nats: what costs less, costs nothing that could be told from rounding and chance. */
export const leastCost = 0.05

export const worthQuestion = asked('interaction', { dataset: thousand })

/** What ablating a head costs, nats. */
export interface HeadWorth {
  readonly head: string
  /** With nothing else ablated. */
  readonly alone: number
  /** Its Shapley value, over all orders of ablating every head, and its standard error. */
  readonly worth: number
  readonly error: number
}

/**
 * The cost of every head, alone and over all orders. `guessing` says in words that the model's loss is no less than that of any guess
 * among the ten digits, so that there is nothing to share out among heads; null where it knows more.
 */
export async function headWorths(
  inquiry: Inquiry,
): Promise<{ readonly worths: readonly HeadWorth[]; readonly guessing: string | null }> {
  const { loss, shapleyMean, shapleyMeanSe } = await inquiry.ask(worthQuestion)
  const digits = loss.labels.digit!
  // Of many heads not every subset is asked about, so that a subset is found by its name.
  const lossOf = (subset: string) =>
    digits.reduce((sum, digit) => sum + entryOf(loss, { subset, digit }) / digits.length, 0)
  const clean = lossOf('none')
  const worths = headLabels(inquiry.config.n_layers, inquiry.config.n_heads).map((head, index) => ({
    head,
    alone: lossOf(head) - clean,
    worth: shapleyMean.data[index]!,
    error: shapleyMeanSe.data[index]!,
  }))
  const isGuessing = !(clean < Math.log(10))
  const guessing = `it guesses: its loss of ${clean.toFixed(2)} nats is not below ${Math.log(10).toFixed(2)}, that of any of ten digits`
  return { worths, guessing: isGuessing ? guessing : null }
}
