import { contextLength } from '../../core/task-layout'
import type { ModelConfig } from '../config'
import { symbols } from './layer-tables'
import { groupSize } from './sum-groups'

/**
 * A residual stream before layer 1's LayerNorm and what layer 1 makes of it, all linear in it and so not yet divided by its
 * scale: the stream itself, the heads' keys, what they would write when looking there (under W_V W_O), and their queries.
 * A record is these side by side in float32; offsets and sizes here are in floats, each a multiple of 4.
 */
export interface KernelLayout {
  readonly stream: number
  /** Extents of one head's part. */
  readonly head: number
  readonly keys: number
  readonly values: number
  readonly queries: number
  readonly record: number
  /** Positions that are looked at, and digits of the answer, rounded up to whole vectors. */
  readonly padded: number
  readonly lanes: number
  /** Addresses in bytes of the arrays in memory. */
  readonly address: {
    /** [entry, record]: token, position and layer 0's b_O. */
    readonly own: number
    /** [entry, head, record]: what a head of layer 0 writes. */
    readonly rows: number
    /** [position, record] and [position]: the keys of the sum at hand, and 1 / their LayerNorm's scale. */
    readonly sum: number
    readonly scales: number
    /** [digit, head, d_head] and [digit, d_model]: what is added to queries, and what is written beside the heads. */
    readonly queryBias: number
    readonly streamBias: number
    readonly unembedding: number
    readonly unembeddingBias: number
    /** [token, vocab]: 0, and so low where it is the token that it is never the highest. */
    readonly others: number
    /** [head, position, 4]: attention, rounded up to whole vectors. */
    readonly attention: number
    readonly stage: number
    /** [head, position, 4]: scores before their lanes are added up, rounded up to four positions. */
    readonly dots: number
    /** [head]: the factors of a call of `accumulate`. */
    readonly factors: number
    /** [sum]: orders of a key and of every answer; and one order of a key. */
    readonly orders: number
    readonly order: number
    /** Of a group [sum, digit, vocab], and see `GroupScores`. */
    readonly logits: number
    readonly margins: number
    readonly smallest: number
    readonly losses: number
    readonly digitLosses: number
    /** [sum, digit]: the sum of exp(logit - highest other) over all but the right digit. */
    readonly rests: number
    readonly free: number
  }
  /** Numerators take this many records' floats: one for each head. */
  readonly rowSet: number
  /** Bytes of a key's order, of an answer's, and of a sum's. */
  readonly orders: { readonly key: number; readonly answer: number; readonly sum: number }
}

/** Addresses that an order begins with: own entry and three row sets; or own, two row sets, and the right token. */
export const orderAddresses = 4

/** Outputs are ten digits and two signs: three vectors. */
export const vocab = 12

export function kernelLayout({ d_model, d_head, n_heads: H, layout }: ModelConfig): KernelLayout {
  const whole = (floats: number) => Math.ceil(floats / 4) * 4
  const [stream, head] = [whole(d_model), whole(d_head)]
  const keys = stream
  const values = keys + H * head
  const queries = values + H * stream
  const record = queries + H * head
  const positions = contextLength(layout) - 1
  const [padded, lanes] = [whole(positions), whole(layout.answerDigits)]
  const entries = positions * symbols
  const [key, answer] = [4 * (orderAddresses + 3 * H), 4 * (orderAddresses + 2 * H)]
  const orders = { key, answer, sum: key + layout.answerDigits * answer }
  let end = 64
  const place = (floats: number) => {
    const start = end
    end += Math.ceil((floats * 4) / 64) * 64
    return start
  }
  const address = {
    own: place(entries * record),
    rows: place(entries * H * record),
    sum: place(positions * record),
    scales: place(padded),
    queryBias: place(layout.answerDigits * H * head),
    streamBias: place(layout.answerDigits * stream),
    unembedding: place(stream * vocab),
    unembeddingBias: place(vocab),
    others: place(vocab * vocab),
    attention: place(H * padded),
    stage: place(stream),
    dots: place(4 * H * padded),
    factors: place(H),
    orders: place((groupSize * orders.sum) / 4),
    order: place(orders.key / 4),
    logits: place(groupSize * layout.answerDigits * vocab),
    margins: place(groupSize * lanes),
    rests: place(groupSize * lanes),
    smallest: place(groupSize),
    losses: place(groupSize * 2 * 2),
    digitLosses: place(lanes * 2 * 2),
  }
  const sizes = { stream, head, keys, values, queries, record, padded, lanes, rowSet: H * record }
  return { ...sizes, address: { ...address, free: end }, orders }
}
