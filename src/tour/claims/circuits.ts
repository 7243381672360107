import { headLabel, layerHeadLabels } from '../../core/heads'
import { pairSums } from '../../core/digit-pairs'
import type { Tensor } from '../../core/tensor'
import { quantityOf, type Claim } from '../claim'
import { explainedBy, meanAlikeness } from '../alike-rows'
import { asked, type Inquiry } from '../inquiry'

// The tensors that the figure shows: the rows of two digits follow from those of each.
const question = asked('ov-circuit', {
  tensors: ['embeddings', 'embeddingsFftMagnitude', 'embeddingsFftPhase'],
})

/** What two heads in a row make of two digits, by their weights alone. */
export const circuitClaims: readonly Claim[] = [
  {
    id: 'ov-alike',
    statement: 'One head of the first layer hands all pairs of digits on alike.',
    why: 'Every pair of digits through the values and outputs of a first and a last head to the logits: how alike the hundred pairs come out, for the first head where they do most.',
    figure: 'ov-summed',
    quantities: [quantityOf('correlation', 'likeness of the pairs', { least: 0.95 }, { most: 0.5 }, 0.996)],
    check: (inquiry) => bestHead(inquiry, meanAlikeness),
  },
  {
    id: 'ov-counts',
    statement: 'One head of the first layer hands on how many of two digits are 5 or more.',
    why: 'The same circuit, read otherwise: of what varies among the hundred pairs, the part that the number of digits from 5 up explains, for the first head where it explains most.',
    figure: 'ov-summed',
    quantities: [quantityOf('R²', 'explained by that number', { least: 0.9 }, { most: 0.5 }, 0.951)],
    check: (inquiry) => bestHead(inquiry, (rows) => explainedBy(rows, countsOfLarge)),
  },
]

/** How many of the two digits of pair 10 i + j are 5 or more. */
const countsOfLarge = Array.from({ length: 100 }, (_, pair) => Number(pair >= 50) + Number(pair % 10 >= 5))

/** The first-layer head with the largest value, a mean over the last layer's heads. */
async function bestHead(inquiry: Inquiry, measure: (rows: readonly (readonly number[])[]) => number) {
  const { n_heads, n_layers } = inquiry.config
  const { embeddings } = await inquiry.ask(question)
  const heads = layerHeadLabels(0, n_heads).map((head, index) => ({
    head,
    value: layerHeadLabels(n_layers - 1, n_heads).reduce(
      (sum, _, reader) => sum + measure(pairRows(embeddings!, index, reader)) / n_heads,
      0,
    ),
  }))
  const best = heads.reduce((one, other) => (other.value > one.value ? other : one))
  return {
    values: [best.value],
    found: `${best.head} through every head of layer ${n_layers - 1}`,
    asked: question,
    looks: { part: `${best.head} → ${headLabel(n_layers - 1, 0)}` },
  }
}

/** [pair][logit] of two heads: the rows of both digits added. */
function pairRows({ data, shape }: Tensor, first: number, last: number): number[][] {
  const [, readers, digits, logits] = shape as [number, number, number, number]
  const begin = (first * readers + last) * digits * logits
  const pairs = Array.from(pairSums(Float64Array.from(data.slice(begin, begin + digits * logits))))
  return Array.from({ length: digits * digits }, (_, pair) => pairs.slice(pair * logits, (pair + 1) * logits))
}
