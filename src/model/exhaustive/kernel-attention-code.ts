import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'
import { advance, type Answer, digitBlocks, headsOf, indices, nowhere, positionOf, sumsOfLanes } from './kernel-answer'
import { exponential } from './kernel-exponential'

/**
 * Layer 1's attention of all digits over the keys up to their positions, each divided by the scale of its key. A head that is
 * left out at a digit has no weight there.
 */
export function attention(answer: Answer): Code {
  const { config } = answer
  const digits = indices(config.layout.answerDigits)
  return headsOf(answer).flatMap((head) => [
    ...digits.filter((digit) => answer.attends(digit, head)).flatMap((digit) => dotProducts(answer, head, digit)),
    ...digitBlocks(config.layout).flatMap((block) => weights(answer, head, block)),
  ])
}

/** Writes a digit's query times every key up to its position, lane by lane. */
function dotProducts({ config, layout, how, asks, pointers, free }: Answer, head: number, digit: number): Code {
  const { address, head: D, record, keys, queries, lanes, positions } = layout
  const [row, to, end] = pointers
  const parts = indices(D / 4)
  const position = positionOf(config, digit)
  const query = (part: number) => wasm.get(free + 1 + part)
  const dots = address.dots + 16 * (head * lanes + digit) * positions
  return [
    ...wasm.set(free, wasm.loadSplat(nowhere, address.scales + 4 * position)),
    ...parts.flatMap((part) => {
      const unscaled = wasm.load(nowhere, address.sum + 4 * (position * record + queries + head * D) + 16 * part)
      const bias = wasm.load(nowhere, address.queryBias + 4 * (digit * config.n_heads + head) * D + 16 * part)
      const asked = wasm.multiplyAdd(how, unscaled, wasm.get(free), bias)
      return wasm.set(free + 1 + part, asks(digit, head) ? asked : bias)
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

/** A head's weights, which sum to 1 over the keys before they are divided by the keys' scales; for up to four digits. */
function weights({ layout, how, attends, pointers, free }: Answer, head: number, block: readonly number[]): Code {
  const { address, lanes, positions } = layout
  const [from, to, scale, seen] = pointers
  const [most, total, power, rest] = [free, free + 1, free + 2, free + 3]
  const dots = indices(4).map((lane) => free + 4 + lane) as [number, number, number, number]
  const offset = 4 * block[0]!
  const first = address.attention + 4 * head * positions * lanes + offset
  const end = wasm.integer(first + 4 * positions * lanes)
  const share = indices(4).map((lane) => Number(block[lane] !== undefined && attends(block[lane], head)))
  return [
    ...wasm.set(from, wasm.integer(address.dots + 16 * (head * lanes + block[0]!) * positions)),
    ...wasm.set(to, wasm.integer(first)),
    ...wasm.set(scale, wasm.integer(address.scales)),
    ...wasm.set(seen, wasm.integer(address.seen + offset)),
    ...wasm.set(most, wasm.all(-Infinity)),
    ...wasm.repeat(
      [
        ...dots.flatMap((local, lane) => wasm.set(local, wasm.load(wasm.get(from), 16 * lane * positions))),
        ...sumsOfLanes(dots),
        ...wasm.set(
          dots[0],
          wasm.multiplyAdd(how, wasm.get(dots[0]), wasm.loadSplat(wasm.get(scale), 0), wasm.load(wasm.get(seen), 0)),
        ),
        ...wasm.store(wasm.get(to), 0, wasm.get(dots[0])),
        ...wasm.set(most, wasm.greatest(wasm.get(dots[0]), wasm.get(most))),
        ...advance(from, 16),
        ...advance(scale, 4),
        ...advance(seen, 4 * lanes),
        ...advance(to, 4 * lanes),
      ],
      wasm.isLess(wasm.get(to), end),
    ),
    ...wasm.set(total, wasm.all(0)),
    ...wasm.set(to, wasm.integer(first)),
    ...wasm.repeat(
      [
        ...wasm.set(dots[0], exponential(wasm.subtract(wasm.load(wasm.get(to), 0), wasm.get(most)), how, power, rest)),
        ...wasm.store(wasm.get(to), 0, wasm.get(dots[0])),
        ...wasm.set(total, wasm.add(wasm.get(total), wasm.get(dots[0]))),
        ...advance(to, 4 * lanes),
      ],
      wasm.isLess(wasm.get(to), end),
    ),
    ...wasm.set(total, wasm.divide(wasm.constant(...(share as [number, number, number, number])), wasm.get(total))),
    ...wasm.set(to, wasm.integer(first)),
    ...wasm.set(scale, wasm.integer(address.scales)),
    ...wasm.repeat(
      [
        ...wasm.store(
          wasm.get(to),
          0,
          wasm.multiply(wasm.multiply(wasm.load(wasm.get(to), 0), wasm.get(total)), wasm.loadSplat(wasm.get(scale), 0)),
        ),
        ...advance(scale, 4),
        ...advance(to, 4 * lanes),
      ],
      wasm.isLess(wasm.get(to), end),
    ),
  ]
}
