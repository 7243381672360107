import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'
import { acrossLanes, advance, type Answer, indices, nowhere } from './kernel-answer'
import { attention } from './kernel-attention-code'
import { exponential } from './kernel-exponential'
import { vocab } from './kernel-layout'
import { piecesOf } from './kernel-rows'
import { inverseScale } from './kernel-scale'

/** Sums that are kept in registers at a time; with what is added to them they must fit into 15. */
const vectorsAtOnce = 6

/** Layer 1's attention at a position that predicts, unembedding, margin and loss, once its record is there. */
export function answerCode(answer: Answer): Code {
  return [...attention(answer), ...mixing(answer), ...unembedding(answer)]
}

/** The stream after layer 1: left in `stage`, and its inverse scale in the vector `free`. */
function mixing({ config, layout, how, position, digit, heads, pointers, free }: Answer): Code {
  const { address, record, stream, padded } = layout
  const [squares, weight] = [free, free + 1]
  const [row, at, end] = pointers
  const blocks = piecesOf(indices(stream / 4), vectorsAtOnce)
  const sum = (part: number) => free + 2 + (part % vectorsAtOnce)
  return [
    ...wasm.set(squares, wasm.all(0)),
    ...blocks.flatMap((block) => [
      ...block.flatMap((part) => {
        const own = wasm.load(nowhere, address.sum + 4 * position * record + 16 * part)
        return wasm.set(
          sum(part),
          wasm.add(own, wasm.load(nowhere, address.streamBias + 4 * digit * stream + 16 * part)),
        )
      }),
      ...heads.flatMap((head) => {
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
    ...wasm.set(squares, inverseScale(squares, config)),
  ]
}

/** Logits, margin and the sum that the loss is made of. */
function unembedding({ config, layout, how, digit, token, sum, pointers, free }: Answer): Code {
  const { address, stream, lanes } = layout
  const [scale, weight, most, power, rest] = [free, free + 1, free + 2, free + 3, free + 4]
  const even = [0, 1, 2].map((part) => free + 5 + part)
  const odd = [0, 1, 2].map((part) => free + 8 + part)
  const [row, at, end] = pointers
  const logits = address.logits + 4 * digit * vocab
  const others = wasm.multiplyInteger(wasm.get(token), 4 * vocab)
  const sumLogits = wasm.multiplyInteger(wasm.get(sum), 4 * vocab * config.layout.answerDigits)
  const sumScores = wasm.multiplyInteger(wasm.get(sum), 4 * lanes)
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
    ...acrossLanes(most, wasm.greatest),
    ...wasm.storeFloat(
      sumScores,
      address.margins + 4 * digit,
      wasm.subtractFloat(
        wasm.loadFloat(wasm.addInteger(sumLogits, wasm.multiplyInteger(wasm.get(token), 4)), logits),
        wasm.lane(0, wasm.get(most)),
      ),
    ),
    ...even.flatMap((local) =>
      wasm.set(local, exponential(wasm.subtract(wasm.get(local), wasm.get(most)), how, power, rest)),
    ),
    ...wasm.set(most, wasm.add(wasm.add(wasm.get(even[0]!), wasm.get(even[1]!)), wasm.get(even[2]!))),
    ...acrossLanes(most, wasm.add),
    ...wasm.storeFloat(sumScores, address.rests + 4 * digit, wasm.lane(0, wasm.get(most))),
  ]
}
