import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'
import { acrossLanes, advance, type Answer, indices, nowhere } from './kernel-answer'
import { exponential } from './kernel-exponential'

/** So low that exp of it, less anything that occurs, is nothing. */
const lowest = -1e30

/**
 * The heads' attention over the keys up to the position, each divided by the scale of its key. Every step is taken for all heads
 * before the next, since none waits for another's.
 */
export function attention(answer: Answer): Code {
  const { config, layout, how, position, free, heads } = answer
  const { address, padded } = layout
  const blocks = indices(Math.ceil((position + 1) / 4))
  const [a, b, power, rest] = [free, free + 1, free + 2, free + 3]
  const most = (head: number) => free + 4 + head
  const scores = (head: number) => blocks.map((block) => free + 4 + config.n_heads + head * blocks.length + block)
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
    ...heads.flatMap((head) => dotProducts(answer, head)),
    ...heads.flatMap((head) => [
      ...blocks.flatMap((block) => score(head, block)),
      ...wasm.set(most(head), overBlocks(head, wasm.greatest)),
    ]),
    ...heads.flatMap((head) => acrossLanes(most(head), wasm.greatest)),
    ...heads.flatMap((head) =>
      scores(head).flatMap((local) =>
        wasm.set(local, exponential(wasm.subtract(wasm.get(local), wasm.get(most(head))), how, power, rest)),
      ),
    ),
    ...heads.flatMap((head) => wasm.set(most(head), overBlocks(head, wasm.add))),
    ...heads.flatMap((head) => [
      ...acrossLanes(most(head), wasm.add),
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
function dotProducts({ config, layout, how, position, digit, asks, pointers, free }: Answer, head: number): Code {
  const { address, head: D, record, keys, queries, padded } = layout
  const [row, to, end] = pointers
  const parts = indices(D / 4)
  const query = (part: number) => wasm.get(free + 1 + part)
  const dots = address.dots + 16 * head * padded
  return [
    ...wasm.set(free, wasm.loadSplat(nowhere, address.scales + 4 * position)),
    ...parts.flatMap((part) => {
      const unscaled = wasm.load(nowhere, address.sum + 4 * (position * record + queries + head * D) + 16 * part)
      const bias = wasm.load(nowhere, address.queryBias + 4 * (digit * config.n_heads + head) * D + 16 * part)
      return wasm.set(free + 1 + part, asks(head) ? wasm.multiplyAdd(how, unscaled, wasm.get(free), bias) : bias)
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
