import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'
import { exponential } from './kernel-exponential'
import { type KernelLayout, vocab } from './kernel-layout'
import { inverseScale } from './kernel-scale'

interface Answer {
  readonly config: ModelConfig
  readonly layout: KernelLayout
  readonly how: MultiplyAdd
  readonly position: number
  readonly digit: number
  /** The local of the right token's id. */
  readonly token: number
  /** The local of the sum's number in its group. */
  readonly sum: number
  /** Three integers that may be used. */
  readonly pointers: readonly [number, number, number]
  /** The first of the vectors that may be used. */
  readonly free: number
}

const nowhere = wasm.integer(0)
const indices = (count: number) => Array.from({ length: count }, (_, index) => index)
/** So low that exp of it, less anything that occurs, is nothing. */
const lowest = -1e30

/** Sums that are kept in registers at a time; with what is added to them they must fit into 15. */
const vectorsAtOnce = 6

/** Moves a pointer. Loops are short, because the compiler loads all that stands between two branches before it adds anything up. */
const advance = (pointer: number, bytes: number) =>
  wasm.set(pointer, wasm.addInteger(wasm.get(pointer), wasm.integer(bytes)))

/** Layer 1's attention at a position that predicts, unembedding, margin and loss, once its record is there. */
export function answerCode(answer: Answer): Code {
  return [...attention(answer), ...mixing(answer), ...unembedding(answer)]
}

/**
 * The heads' attention over the keys up to the position, each divided by the scale of its key. Every step is taken for all heads
 * before the next, since none waits for another's.
 */
function attention({ config, layout, how, position, pointers, free }: Answer): Code {
  const { address } = layout
  const padded = 4 * Math.ceil((config.n_ctx - 1) / 4)
  const heads = indices(config.n_heads)
  const blocks = indices(Math.ceil((position + 1) / 4))
  const [a, b, power, rest] = [free, free + 1, free + 2, free + 3]
  const most = (head: number) => free + 4 + head
  const scores = (head: number) => blocks.map((block) => free + 4 + heads.length + head * blocks.length + block)
  const across = (local: number, by: (left: Code, right: Code) => Code) => [
    ...wasm.set(local, by(wasm.get(local), wasm.shuffle(wasm.get(local), wasm.get(local), 2, 3, 0, 1))),
    ...wasm.set(local, by(wasm.get(local), wasm.shuffle(wasm.get(local), wasm.get(local), 1, 0, 3, 2))),
  ]
  const overBlocks = (head: number, by: (left: Code, right: Code) => Code) => {
    const [first, ...others] = scores(head).map(wasm.get)
    return others.reduce<Code>((sum, value) => by(sum, value), first!)
  }
  const folded = (left: Code, right: Code, low: readonly number[], high: readonly number[]) =>
    wasm.add(wasm.shuffle(left, right, ...low), wasm.shuffle(left, right, ...high))
  const score = (head: number, block: number) => {
    const dots = indices(4).map((index) =>
      wasm.load(nowhere, address.dots + 16 * (head * padded + 4 * block + index)),
    ) as [Code, Code, Code, Code]
    const seen = indices(4).map((index) => (4 * block + index > position ? lowest : 0))
    const total = wasm.multiply(
      folded(wasm.get(a), wasm.get(b), [0, 1, 4, 5], [2, 3, 6, 7]),
      wasm.load(nowhere, address.scales + 16 * block),
    )
    return [
      ...wasm.set(power, dots[0]),
      ...wasm.set(rest, dots[1]),
      ...wasm.set(a, folded(wasm.get(power), wasm.get(rest), [0, 4, 1, 5], [2, 6, 3, 7])),
      ...wasm.set(power, dots[2]),
      ...wasm.set(rest, dots[3]),
      ...wasm.set(b, folded(wasm.get(power), wasm.get(rest), [0, 4, 1, 5], [2, 6, 3, 7])),
      ...wasm.set(
        scores(head)[block]!,
        seen.includes(lowest) ? wasm.add(total, wasm.constant(...(seen as [number, number, number, number]))) : total,
      ),
    ]
  }
  return [
    ...heads.flatMap((head) => dotProducts(config, layout, how, position, pointers, free, head)),
    ...heads.flatMap((head) => [
      ...blocks.flatMap((block) => score(head, block)),
      ...wasm.set(most(head), overBlocks(head, wasm.greatest)),
    ]),
    ...heads.flatMap((head) => across(most(head), wasm.greatest)),
    ...heads.flatMap((head) =>
      scores(head).flatMap((local) =>
        wasm.set(local, exponential(wasm.subtract(wasm.get(local), wasm.get(most(head))), how, power, rest)),
      ),
    ),
    ...heads.flatMap((head) => wasm.set(most(head), overBlocks(head, wasm.add))),
    ...heads.flatMap((head) => [
      ...across(most(head), wasm.add),
      ...wasm.set(most(head), wasm.divide(wasm.all(1), wasm.get(most(head)))),
    ]),
    ...heads.flatMap((head) =>
      scores(head).flatMap((local, block) => {
        const scale = wasm.load(nowhere, address.scales + 16 * block)
        const share = wasm.multiply(wasm.get(local), wasm.get(most(head)))
        return wasm.store(nowhere, address.attention + 4 * head * padded + 16 * block, wasm.multiply(share, scale))
      }),
    ),
  ]
}

/** Writes a head's query times every key up to the position, lane by lane. */
function dotProducts(
  config: ModelConfig,
  { address, head: D, record, keys, queries }: KernelLayout,
  how: MultiplyAdd,
  position: number,
  [row, to, end]: Answer['pointers'],
  free: number,
  head: number,
): Code {
  const padded = 4 * Math.ceil((config.n_ctx - 1) / 4)
  const parts = indices(D / 4)
  const query = (part: number) => wasm.get(free + 1 + part)
  const dots = address.dots + 16 * head * padded
  return [
    ...wasm.set(free, wasm.loadSplat(nowhere, address.scales + 4 * position)),
    ...parts.flatMap((part) => {
      const unscaled = wasm.load(nowhere, address.sum + 4 * (position * record + queries + head * D) + 16 * part)
      const bias = wasm.load(nowhere, address.queryBias + 4 * head * D + 16 * part)
      return wasm.set(free + 1 + part, wasm.multiplyAdd(how, unscaled, wasm.get(free), bias))
    }),
    ...wasm.set(row, wasm.integer(address.sum + 4 * (keys + head * D))),
    ...wasm.set(to, wasm.integer(dots)),
    ...wasm.set(end, wasm.integer(dots + 16 * (position + 1))),
    ...wasm.repeat(
      [
        ...wasm.store(
          wasm.get(to),
          0,
          parts
            .slice(1)
            .reduce<Code>(
              (sum, part) => wasm.multiplyAdd(how, query(part), wasm.load(wasm.get(row), 16 * part), sum),
              wasm.multiply(query(0), wasm.load(wasm.get(row), 0)),
            ),
        ),
        ...advance(row, 4 * record),
        ...advance(to, 16),
      ],
      wasm.isLess(wasm.get(to), wasm.get(end)),
    ),
  ]
}

/** The stream after layer 1: left in `stage`, and its inverse scale in the vector `free`. */
function mixing({ config, layout, how, position, pointers, free }: Answer): Code {
  const { address, record, stream } = layout
  const padded = 4 * Math.ceil((config.n_ctx - 1) / 4)
  const [squares, weight] = [free, free + 1]
  const [row, at, end] = pointers
  const parts = indices(stream / 4)
  const blocks = indices(Math.ceil(parts.length / vectorsAtOnce)).map((block) =>
    parts.slice(block * vectorsAtOnce, (block + 1) * vectorsAtOnce),
  )
  const sum = (part: number) => free + 2 + (part % vectorsAtOnce)
  return [
    ...wasm.set(squares, wasm.all(0)),
    ...blocks.flatMap((block) => [
      ...block.flatMap((part) => {
        const own = wasm.load(nowhere, address.sum + 4 * position * record + 16 * part)
        return wasm.set(sum(part), wasm.add(own, wasm.load(nowhere, address.streamBias + 16 * part)))
      }),
      ...indices(config.n_heads).flatMap((head) => {
        const weights = address.attention + 4 * head * padded
        const rows = address.sum + 4 * (layout.values + head * stream)
        return [
          ...wasm.set(row, wasm.integer(rows)),
          ...wasm.set(at, wasm.integer(weights)),
          ...wasm.set(end, wasm.integer(weights + 4 * (position + 1))),
          ...wasm.repeat(
            [
              ...wasm.set(weight, wasm.loadSplat(wasm.get(at), 0)),
              ...block.flatMap((part) => {
                const value = wasm.load(wasm.get(row), 16 * part)
                return wasm.set(sum(part), wasm.multiplyAdd(how, wasm.get(weight), value, wasm.get(sum(part))))
              }),
              ...advance(row, 4 * record),
              ...advance(at, 4),
            ],
            wasm.isLess(wasm.get(at), wasm.get(end)),
          ),
        ]
      }),
      ...block.flatMap((part) => {
        const value = wasm.get(sum(part))
        return [
          ...wasm.store(nowhere, address.stage + 16 * part, value),
          ...wasm.set(squares, wasm.multiplyAdd(how, value, value, wasm.get(squares))),
        ]
      }),
    ]),
    ...wasm.set(squares, inverseScale(wasm.get(squares), squares, config)),
  ]
}

/** Logits, margin and the sum that the loss is made of. */
function unembedding({ config, layout, how, digit, token, sum, pointers, free }: Answer): Code {
  const { address, stream } = layout
  const [scale, weight, most, power, rest] = [free, free + 1, free + 2, free + 3, free + 4]
  const even = [0, 1, 2].map((part) => free + 5 + part)
  const odd = [0, 1, 2].map((part) => free + 8 + part)
  const [row, at, end] = pointers
  const logits = address.logits + 4 * digit * vocab
  const scores = address.scores + 8 * digit
  const others = wasm.multiplyInteger(wasm.get(token), 4 * vocab)
  const sumLogits = wasm.multiplyInteger(wasm.get(sum), 4 * vocab * config.layout.answerDigits)
  const sumScores = wasm.multiplyInteger(wasm.get(sum), 8 * config.layout.answerDigits)
  const across = (by: (left: Code, right: Code) => Code, ...lanes: number[]) =>
    wasm.set(most, by(wasm.get(most), wasm.shuffle(wasm.get(most), wasm.get(most), ...lanes)))
  return [
    ...[...even, ...odd].flatMap((local) => wasm.set(local, wasm.all(0))),
    ...wasm.set(row, wasm.integer(address.unembedding)),
    ...wasm.set(at, wasm.integer(address.stage)),
    ...wasm.set(end, wasm.integer(address.stage + 4 * stream)),
    ...wasm.repeat(
      [
        // Two sums, so that one need not wait for the other.
        ...[even, odd].flatMap((half, index) => [
          ...wasm.set(weight, wasm.loadSplat(wasm.get(at), 4 * index)),
          ...half.flatMap((local, part) => {
            const outputs = wasm.load(wasm.get(row), 4 * vocab * index + 16 * part)
            return wasm.set(local, wasm.multiplyAdd(how, wasm.get(weight), outputs, wasm.get(local)))
          }),
        ]),
        ...advance(row, 8 * vocab),
        ...advance(at, 8),
      ],
      wasm.isLess(wasm.get(at), wasm.get(end)),
    ),
    ...even.flatMap((local, part) => [
      ...wasm.set(
        local,
        wasm.multiplyAdd(
          how,
          wasm.add(wasm.get(local), wasm.get(odd[part]!)),
          wasm.get(scale),
          wasm.load(nowhere, address.unembeddingBias + 16 * part),
        ),
      ),
      ...wasm.store(sumLogits, logits + 16 * part, wasm.get(local)),
      ...wasm.set(local, wasm.add(wasm.get(local), wasm.load(others, address.others + 16 * part))),
    ]),
    ...wasm.set(most, wasm.greatest(wasm.greatest(wasm.get(even[0]!), wasm.get(even[1]!)), wasm.get(even[2]!))),
    ...across(wasm.greatest, 2, 3, 0, 1),
    ...across(wasm.greatest, 1, 0, 3, 2),
    ...wasm.storeFloat(
      sumScores,
      scores,
      wasm.subtractFloat(
        wasm.loadFloat(wasm.addInteger(sumLogits, wasm.multiplyInteger(wasm.get(token), 4)), logits),
        wasm.lane(0, wasm.get(most)),
      ),
    ),
    ...even.flatMap((local) =>
      wasm.set(local, exponential(wasm.subtract(wasm.get(local), wasm.get(most)), how, power, rest)),
    ),
    ...wasm.set(most, wasm.add(wasm.add(wasm.get(even[0]!), wasm.get(even[1]!)), wasm.get(even[2]!))),
    ...across(wasm.add, 2, 3, 0, 1),
    ...across(wasm.add, 1, 0, 3, 2),
    ...wasm.storeFloat(sumScores, scores + 4, wasm.lane(0, wasm.get(most))),
  ]
}
