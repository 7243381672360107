import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'
import { advance, type Answer, digitBlocks, headsOf, indices, nowhere, positionOf, sumsOfLanes } from './kernel-answer'
import { attention } from './kernel-attention-code'
import { vocab } from './kernel-layout'
import { outcome } from './kernel-outcome-code'
import { piecesOf } from './kernel-rows'
import { inverseScale } from './kernel-scale'

/** Vectors of four digits' streams that are kept in registers at a time; with what is added to them they must fit into 15. */
const vectorsAtOnce = 2

/** All that comes of a sum's records: layer 1's attention where digits are predicted, unembedding, margins. */
export function answerCode(answer: Answer): Code {
  return [
    ...attention(answer),
    ...digitBlocks(answer.config.layout).flatMap((block) => [
      ...mixing(answer, block),
      ...finalScales(answer, block),
      ...piecesOf(block, 2).flatMap((digits) => unembedding(answer, digits)),
      ...outcome(answer, block),
    ]),
  ]
}

/** The streams after layer 1, of up to four digits: left in `stage`. */
function mixing(answer: Answer, block: readonly number[]): Code {
  const { config, layout, how, pointers, free } = answer
  const { address, record, stream, lanes, positions } = layout
  const [row, at, end] = pointers
  const values = indices(vectorsAtOnce).map((index) => free + index)
  const weights = block.map((_, lane) => free + vectorsAtOnce + lane)
  const sum = (lane: number, index: number) => free + vectorsAtOnce + block.length + lane * vectorsAtOnce + index
  const headStride = 4 * positions * lanes
  const weightsOf = (head: number, position: number) =>
    address.attention + head * headStride + 4 * (position * lanes + block[0]!)
  return piecesOf(indices(stream / 4), vectorsAtOnce).flatMap((parts) => {
    const rowOf = (head: number, position: number) =>
      address.sum + 4 * (position * record + layout.values + head * stream) + 16 * parts[0]!
    /** Adds rows to the block's digits from `lane` on. */
    const adds = (
      lane: number,
      head: number,
      position: number,
      strides: { readonly row: number; readonly weight: number },
      count: number,
    ) => {
      const some = indices(block.length).slice(lane)
      const weightsAt = weightsOf(head, position)
      return [
        ...wasm.set(row, wasm.integer(rowOf(head, position))),
        ...wasm.set(at, wasm.integer(weightsAt)),
        ...wasm.set(end, wasm.integer(weightsAt + count * strides.weight)),
        ...wasm.repeat(
          [
            ...parts.flatMap((_, index) => wasm.set(values[index]!, wasm.load(wasm.get(row), 16 * index))),
            ...some.flatMap((each) => [
              ...wasm.set(weights[each]!, wasm.loadSplat(wasm.get(at), 4 * each)),
              ...parts.flatMap((_, index) => {
                const local = sum(each, index)
                const [weight, value] = [wasm.get(weights[each]!), wasm.get(values[index]!)]
                return wasm.set(local, wasm.multiplyAdd(how, weight, value, wasm.get(local)))
              }),
            ]),
            ...advance(row, strides.row),
            ...advance(at, strides.weight),
          ],
          wasm.isLess(wasm.get(at), wasm.get(end)),
        ),
      ]
    }
    const first = positionOf(config, block[0]!)
    return [
      ...block.flatMap((digit, lane) =>
        parts.flatMap((part, index) => {
          const own = wasm.load(nowhere, address.sum + 4 * positionOf(config, digit) * record + 16 * part)
          const beside = wasm.load(nowhere, address.streamBias + 4 * digit * stream + 16 * part)
          return wasm.set(sum(lane, index), wasm.add(own, beside))
        }),
      ),
      ...headsOf(answer).flatMap((head) => adds(0, head, 0, { row: 4 * record, weight: 4 * lanes }, first + 1)),
      // Keys that only later digits see; weights of heads that are computed nowhere are 0.
      ...block
        .slice(1)
        .flatMap((_, index) =>
          adds(index + 1, 0, first + index + 1, { row: 4 * stream, weight: headStride }, config.n_heads),
        ),
      ...block.flatMap((digit, lane) =>
        parts.flatMap((part, index) =>
          wasm.store(nowhere, address.stage + 4 * digit * stream + 16 * part, wasm.get(sum(lane, index))),
        ),
      ),
    ]
  })
}

/** The inverse scales of the final LayerNorm. */
function finalScales({ config, layout, how, pointers, free }: Answer, block: readonly number[]): Code {
  const { address, stream } = layout
  const [at] = pointers
  const squares = indices(4).map((lane) => free + lane) as [number, number, number, number]
  const value = free + 4
  const first = address.stage + 4 * block[0]! * stream
  return [
    ...squares.flatMap((local) => wasm.set(local, wasm.all(0))),
    ...wasm.set(at, wasm.integer(first)),
    ...wasm.repeat(
      [
        ...block.flatMap((_, lane) => [
          ...wasm.set(value, wasm.load(wasm.get(at), 4 * lane * stream)),
          ...wasm.set(
            squares[lane]!,
            wasm.multiplyAdd(how, wasm.get(value), wasm.get(value), wasm.get(squares[lane]!)),
          ),
        ]),
        ...advance(at, 16),
      ],
      wasm.isLess(wasm.get(at), wasm.integer(first + 4 * stream)),
    ),
    ...sumsOfLanes(squares),
    ...wasm.store(nowhere, address.finalScales + 4 * block[0]!, inverseScale(wasm.get(squares[0]), config)),
  ]
}

/** The logits of one or two digits. */
function unembedding({ config, layout, how, sum, pointers, free }: Answer, digits: readonly number[]): Code {
  const { address, stream } = layout
  const [row, at, to] = pointers
  const outputs = [0, 1, 2].map((part) => free + part)
  const value = (index: number) => free + 3 + index
  const logit = (index: number, part: number) => free + 5 + 3 * index + part
  const first = address.stage + 4 * digits[0]! * stream
  return [
    ...digits.flatMap((_, index) => outputs.flatMap((_, part) => wasm.set(logit(index, part), wasm.all(0)))),
    ...wasm.set(row, wasm.integer(address.unembedding)),
    ...wasm.set(at, wasm.integer(first)),
    ...wasm.repeat(
      [
        ...outputs.flatMap((local, part) => wasm.set(local, wasm.load(wasm.get(row), 16 * part))),
        ...digits.flatMap((_, index) => [
          ...wasm.set(value(index), wasm.loadSplat(wasm.get(at), 4 * index * stream)),
          ...outputs.flatMap((local, part) =>
            wasm.set(
              logit(index, part),
              wasm.multiplyAdd(how, wasm.get(value(index)), wasm.get(local), wasm.get(logit(index, part))),
            ),
          ),
        ]),
        ...advance(row, 4 * vocab),
        ...advance(at, 4),
      ],
      wasm.isLess(wasm.get(at), wasm.integer(first + 4 * stream)),
    ),
    ...wasm.set(to, wasm.multiplyInteger(wasm.get(sum), 4 * vocab * config.layout.answerDigits)),
    ...digits.flatMap((digit, index) => [
      ...wasm.set(value(index), wasm.loadSplat(nowhere, address.finalScales + 4 * digit)),
      ...outputs.flatMap((_, part) =>
        wasm.store(
          wasm.get(to),
          address.logits + 4 * digit * vocab + 16 * part,
          wasm.multiplyAdd(
            how,
            wasm.get(logit(index, part)),
            wasm.get(value(index)),
            wasm.load(nowhere, address.unembeddingBias + 16 * part),
          ),
        ),
      ),
    ]),
  ]
}
