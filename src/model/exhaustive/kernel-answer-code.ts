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
  /** The first of the vectors that may be used. */
  readonly free: number
}

const nowhere = wasm.integer(0)
const indices = (count: number) => Array.from({ length: count }, (_, index) => index)
/** So low that exp of it, less anything that occurs, is nothing. */
const lowest = -1e30

/** Layer 1's attention at a position that predicts, unembedding, margin and loss, once its record is there. */
export function answerCode(answer: Answer): Code {
  const heads = indices(answer.config.n_heads)
  return [...heads.flatMap((head) => attention(answer, head)), ...mixing(answer), ...unembedding(answer)]
}

/** A head's attention over the keys up to the position, each divided by the scale of its key. */
function attention({ config, layout, how, position, free }: Answer, head: number): Code {
  const { address, head: D, record } = layout
  const place = (key: number, part: number) => address.sum + 4 * (key * record + part + head * D)
  const parts = indices(D / 4)
  const blocks = indices(Math.ceil((position + 1) / 4))
  const [dots, a, b] = [indices(4).map((index) => free + index), free + 4, free + 5]
  const scores = blocks.map((block) => free + 6 + block)
  const query = parts.map((part) => free + 6 + blocks.length + part)
  const scale = wasm.loadSplat(nowhere, address.scales + 4 * position)
  const attended = address.attention + 4 * head * 4 * Math.ceil((config.n_ctx - 1) / 4)
  const dot = (key: number) =>
    key > position
      ? wasm.all(0)
      : parts.reduce<Code>((sum, part) => {
          const keys = wasm.load(nowhere, place(key, layout.keys) + 16 * part)
          return part === 0
            ? wasm.multiply(wasm.get(query[0]!), keys)
            : wasm.multiplyAdd(how, wasm.get(query[part]!), keys, sum)
        }, [])
  const across = (local: number, by: (left: Code, right: Code) => Code, ...lanes: number[]) =>
    wasm.set(local, by(wasm.get(local), wasm.shuffle(wasm.get(local), wasm.get(local), ...lanes)))
  const folded = (left: number, right: number) =>
    wasm.add(
      wasm.shuffle(wasm.get(left), wasm.get(right), 0, 4, 1, 5),
      wasm.shuffle(wasm.get(left), wasm.get(right), 2, 6, 3, 7),
    )
  return [
    ...wasm.set(a, scale),
    ...parts.flatMap((part) =>
      wasm.set(
        query[part]!,
        wasm.multiplyAdd(
          how,
          wasm.load(nowhere, place(position, layout.queries) + 16 * part),
          wasm.get(a),
          wasm.load(nowhere, address.queryBias + 4 * head * D + 16 * part),
        ),
      ),
    ),
    ...blocks.flatMap((block) => {
      const seen = indices(4).map((index) => (4 * block + index > position ? lowest : 0)) as [
        number,
        number,
        number,
        number,
      ]
      const total = wasm.multiply(
        wasm.add(
          wasm.shuffle(wasm.get(a), wasm.get(b), 0, 1, 4, 5),
          wasm.shuffle(wasm.get(a), wasm.get(b), 2, 3, 6, 7),
        ),
        wasm.load(nowhere, address.scales + 16 * block),
      )
      return [
        ...dots.flatMap((local, index) => wasm.set(local, dot(4 * block + index))),
        ...wasm.set(a, folded(dots[0]!, dots[1]!)),
        ...wasm.set(b, folded(dots[2]!, dots[3]!)),
        ...wasm.set(scores[block]!, seen.includes(lowest) ? wasm.add(total, wasm.constant(...seen)) : total),
      ]
    }),
    ...wasm.set(
      a,
      scores.slice(1).reduce<Code>((most, local) => wasm.greatest(most, wasm.get(local)), wasm.get(scores[0]!)),
    ),
    ...across(a, wasm.greatest, 2, 3, 0, 1),
    ...across(a, wasm.greatest, 1, 0, 3, 2),
    ...scores.flatMap((local) =>
      wasm.set(local, exponential(wasm.subtract(wasm.get(local), wasm.get(a)), how, dots[0]!, dots[1]!)),
    ),
    ...wasm.set(
      b,
      scores.slice(1).reduce<Code>((sum, local) => wasm.add(sum, wasm.get(local)), wasm.get(scores[0]!)),
    ),
    ...across(b, wasm.add, 2, 3, 0, 1),
    ...across(b, wasm.add, 1, 0, 3, 2),
    ...wasm.set(b, wasm.divide(wasm.all(1), wasm.get(b))),
    ...scores.flatMap((local, block) =>
      wasm.store(
        nowhere,
        attended + 16 * block,
        wasm.multiply(wasm.multiply(wasm.get(local), wasm.get(b)), wasm.load(nowhere, address.scales + 16 * block)),
      ),
    ),
  ]
}

/** The stream after layer 1: left in `stage`, and its inverse scale in the vector `free`. */
function mixing({ config, layout, how, position, free }: Answer): Code {
  const { address, record, stream } = layout
  const padded = 4 * Math.ceil((config.n_ctx - 1) / 4)
  const [squares, weight] = [free, free + 1]
  const width = 12
  const blocks = indices(Math.ceil(stream / 4 / width))
  return [
    ...wasm.set(squares, wasm.all(0)),
    ...blocks.flatMap((block) => {
      const parts = indices(Math.min(width, stream / 4 - block * width)).map((part) => block * width + part)
      const local = (part: number) => free + 2 + (part % width)
      return [
        ...parts.flatMap((part) =>
          wasm.set(
            local(part),
            wasm.add(
              wasm.load(nowhere, address.sum + 4 * position * record + 16 * part),
              wasm.load(nowhere, address.streamBias + 16 * part),
            ),
          ),
        ),
        ...indices(config.n_heads).flatMap((head) =>
          indices(position + 1).flatMap((key) => [
            ...wasm.set(weight, wasm.loadSplat(nowhere, address.attention + 4 * (head * padded + key))),
            ...parts.flatMap((part) =>
              wasm.set(
                local(part),
                wasm.multiplyAdd(
                  how,
                  wasm.get(weight),
                  wasm.load(nowhere, address.sum + 4 * (key * record + layout.values + head * stream) + 16 * part),
                  wasm.get(local(part)),
                ),
              ),
            ),
          ]),
        ),
        ...parts.flatMap((part) => [
          ...wasm.store(nowhere, address.stage + 16 * part, wasm.get(local(part))),
          ...wasm.set(squares, wasm.multiplyAdd(how, wasm.get(local(part)), wasm.get(local(part)), wasm.get(squares))),
        ]),
      ]
    }),
    ...wasm.set(squares, inverseScale(wasm.get(squares), squares, config)),
  ]
}

/** Logits, margin and the sum that the loss is made of. */
function unembedding({ config, layout, how, digit, token, sum, free }: Answer): Code {
  const { address, stream } = layout
  const [scale, weight, most, power, rest] = [free, free + 1, free + 2, free + 3, free + 4]
  const even = [0, 1, 2].map((part) => free + 5 + part)
  const odd = [0, 1, 2].map((part) => free + 8 + part)
  const logits = address.logits + 4 * digit * vocab
  const scores = address.scores + 8 * digit
  const others = wasm.multiplyInteger(wasm.get(token), 4 * vocab)
  const sumLogits = wasm.multiplyInteger(wasm.get(sum), 4 * vocab * config.layout.answerDigits)
  const sumScores = wasm.multiplyInteger(wasm.get(sum), 8 * config.layout.answerDigits)
  const across = (by: (left: Code, right: Code) => Code, ...lanes: number[]) =>
    wasm.set(most, by(wasm.get(most), wasm.shuffle(wasm.get(most), wasm.get(most), ...lanes)))
  return [
    ...[...even, ...odd].flatMap((local) => wasm.set(local, wasm.all(0))),
    ...indices(stream).flatMap((row) => [
      ...wasm.set(weight, wasm.loadSplat(nowhere, address.stage + 4 * row)),
      ...(row % 2 === 0 ? even : odd).flatMap((local, part) =>
        wasm.set(
          local,
          wasm.multiplyAdd(
            how,
            wasm.get(weight),
            wasm.load(nowhere, address.unembedding + 4 * row * vocab + 16 * part),
            wasm.get(local),
          ),
        ),
      ),
    ]),
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
