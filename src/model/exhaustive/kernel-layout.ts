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
  /** What a record takes, and how far one is from the next. */
  readonly used: number
  readonly record: number
  /** Positions that are looked at; and digits of the answer, rounded up to whole vectors. */
  readonly positions: number
  readonly lanes: number
  /** Addresses in bytes of the arrays in memory. */
  readonly address: {
    /** [entry, record]: token, position and layer 0's b_O. */
    readonly own: number
    /** [entry, head, record]: what a head of layer 0 writes. */
    readonly rows: number
    /** [query entry, key entry, head] and [slot, head], in float64: weights of layer 0's softmax, and denominators of numerators. */
    readonly weights: number
    readonly denominators: number
    /** [position, record] and [position]: the keys of the sum at hand, and 1 / their LayerNorm's scale. */
    readonly sum: number
    readonly scales: number
    /** [digit, head, d_head] and [digit, d_model]: what is added to queries, and what is written beside the heads. */
    readonly queryBias: number
    readonly streamBias: number
    readonly unembedding: number
    readonly unembeddingBias: number
    /** [head, position, lane]: attention, first as scores. */
    readonly attention: number
    /** [position, lane]: 0 where the lane's digit sees the position, and so low where it does not that exp of it is nothing. */
    readonly seen: number
    /** [head, lane, position, 4]: scores before their lanes are added up. */
    readonly dots: number
    /** [digit, d_model] and [lane]: streams after layer 1, and the inverse scales of their LayerNorm. */
    readonly stage: number
    readonly finalScales: number
    /** [vocab, 4]: logits of up to four digits, so low that they are never the highest where they are the right token's. */
    readonly otherLogits: number
    /** [row]: the addresses of the row sets that a call of `accumulate` adds; and [head, row]: their factors. */
    readonly rowsAdded: number
    readonly factors: number
    /** [sum]: orders of b's last digit and of every answer; and one order. [sum, lane]: right tokens, as whole numbers. */
    readonly orders: number
    readonly order: number
    readonly tokens: number
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
  /** Numerators take this many records' floats: one for each head; and there are so many. */
  readonly rowSet: number
  readonly slots: number
  /** Bytes of a record's order, and of a sum's. */
  readonly orders: { readonly record: number; readonly sum: number }
}

/** Words that an order begins with: own entry, two row sets, and how many bytes are wanted. */
export const orderAddresses = 4

/** The margin of a lane without a digit. */
export const noMargin = 1e30

/** Outputs are ten digits and two signs: three vectors. */
export const vocab = 12

/**
 * So many floats that what stands at the same place of neighbouring records is in other parts of a cache line: there are processors
 * that load no two vectors at a time from the same part of two lines.
 */
function skewed(floats: number): number {
  const [line, vector] = [16, 4]
  return Math.ceil((floats - vector) / line) * line + vector
}

export function kernelLayout({ d_model, d_head, n_heads: H, layout }: ModelConfig): KernelLayout {
  const whole = (floats: number) => Math.ceil(floats / 4) * 4
  const [stream, head] = [whole(d_model), whole(d_head)]
  const keys = stream
  const values = keys + H * head
  const queries = values + H * stream
  const used = queries + H * head
  const record = skewed(used)
  const positions = contextLength(layout) - 1
  const lanes = whole(layout.answerDigits)
  const entries = positions * symbols
  // As `Numerators` numbers them.
  const slots = 2 * entries + 4 * layout.answerDigits + 2
  const order = 4 * (orderAddresses + 2 * H)
  const orders = { record: order, sum: (layout.answerDigits + 1) * order }
  let end = 64
  const place = (floats: number) => {
    const start = end
    end += Math.ceil((floats * 4) / 64) * 64
    return start
  }
  const address = {
    own: place(entries * record),
    rows: place(entries * H * record),
    weights: place(2 * entries * entries * H),
    denominators: place(2 * slots * H),
    sum: place(positions * record),
    scales: place(positions),
    queryBias: place(layout.answerDigits * H * head),
    streamBias: place(layout.answerDigits * stream),
    unembedding: place(stream * vocab),
    unembeddingBias: place(vocab),
    attention: place(H * positions * lanes),
    seen: place(positions * lanes),
    dots: place(4 * H * lanes * positions),
    stage: place(layout.answerDigits * stream),
    finalScales: place(lanes),
    otherLogits: place(4 * vocab),
    rowsAdded: place(positions),
    factors: place(H * positions),
    orders: place((groupSize * orders.sum) / 4),
    order: place(orders.record / 4),
    tokens: place(groupSize * lanes),
    logits: place(groupSize * layout.answerDigits * vocab),
    margins: place(groupSize * lanes),
    rests: place(groupSize * lanes),
    smallest: place(groupSize),
    losses: place(groupSize * 2 * 2),
    digitLosses: place(lanes * 2 * 2),
  }
  const sizes = { stream, head, keys, values, queries, used, record, positions, lanes, rowSet: H * record, slots }
  return { ...sizes, address: { ...address, free: end }, orders }
}
