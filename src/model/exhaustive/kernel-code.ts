import { equalsPosition } from '../../core/positions'
import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'
import { types, type WasmFunction } from '../wasm/module'
import type { FixedActivations } from './fixed-activations'
import { advance, indices } from './kernel-answer'
import { answerCode } from './kernel-answer-code'
import { type KernelLayout, orderAddresses } from './kernel-layout'
import { addRows } from './kernel-rows'
import { inverseScale } from './kernel-scale'
import { emptyTally, tallyCode } from './kernel-tally-code'
import { groupSize } from './sum-groups'

/**
 * Row sets hold a record for each head. Addresses are in bytes. An order is a position's record to be made: addresses of own
 * entry and row sets, then a float32 factor for each row set and head; see `KernelLayout`.
 */
export interface KernelFunctions {
  /** to = from + factor * row, in row sets, with the factors [head] at `address.factors`. */
  accumulate(to: number, from: number, row: number): void
  /** The record of a position before the answer, own + the sum of factor * row over three row sets, and 1 / its scale. */
  key(to: number, scale: number, order: number): void
  /**
   * All sums of a group by the orders at `address.orders`: for each the key of b's last digit, then, where digit i is predicted, the
   * record of two row sets and what is predicted there: logits, and the margin of the token that is the order's last address; and its
   * part of the tally.
   */
  group(): void
}

const bytes = 4

/** What is fixed in layer 1 is left out of the code. */
export function kernelFunctions(
  config: ModelConfig,
  layout: KernelLayout,
  how: MultiplyAdd,
  fixed: FixedActivations,
): WasmFunction[] {
  const first = equalsPosition(config.layout)
  const answers = indices(config.layout.answerDigits).map((digit) =>
    answer(config, layout, how, fixed, first + digit, digit),
  )
  return [accumulate(config, layout, how), key(config, layout, how), ...answers, group(config, layout)]
}

function group({ layout: { answerDigits: n } }: ModelConfig, layout: KernelLayout): WasmFunction {
  const { address, record, orders } = layout
  const [order, sum, free] = [0, 1, 2]
  const last = 2 * n
  return {
    name: 'group',
    parameters: [],
    locals: [types.integer, types.integer, ...vectors(9)],
    body: [
      ...emptyTally(layout),
      ...wasm.set(order, wasm.integer(address.orders)),
      ...wasm.set(sum, wasm.integer(0)),
      ...wasm.repeat(
        [
          ...wasm.call(
            1,
            wasm.integer(address.sum + last * record * bytes),
            wasm.integer(address.scales + last * bytes),
            wasm.get(order),
          ),
          ...indices(n).flatMap((digit) =>
            wasm.call(
              2 + digit,
              wasm.addInteger(wasm.get(order), wasm.integer(orders.key + digit * orders.answer)),
              wasm.get(sum),
            ),
          ),
          ...tallyCode(layout, sum, free),
          ...advance(order, orders.sum),
          ...advance(sum, 1),
        ],
        wasm.isLess(wasm.get(sum), wasm.integer(groupSize)),
      ),
    ],
  }
}

function accumulate({ n_heads: H }: ModelConfig, { record, address }: KernelLayout, how: MultiplyAdd): WasmFunction {
  const [to, from, row] = [0, 1, 2]
  const end = 3
  const factors = indices(H).map((head) => end + 1 + head)
  const body = [
    ...loadFactors(factors, wasm.integer(address.factors)),
    ...walk([to, from, row], end, record, (start) =>
      factors.flatMap((factor, head) => {
        const offset = start + head * record * bytes
        const sum = wasm.load(wasm.get(from), offset)
        return wasm.store(
          wasm.get(to),
          offset,
          wasm.multiplyAdd(how, wasm.get(factor), wasm.load(wasm.get(row), offset), sum),
        )
      }),
    ),
  ]
  return {
    name: 'accumulate',
    parameters: [types.integer, types.integer, types.integer],
    locals: [types.integer, ...vectors(H)],
    body,
  }
}

function loadFactors(locals: readonly number[], address: Code, offset = 0): Code {
  return locals.flatMap((local, index) => wasm.set(local, wasm.loadSplat(address, offset + bytes * index)))
}

/** Takes up an order: its addresses, then its factors. */
function takeOrder(order: number, addresses: readonly number[], factors: readonly number[]): Code {
  return [
    ...addresses.flatMap((local, index) => wasm.set(local, wasm.loadInteger(wasm.get(order), bytes * index))),
    ...loadFactors(factors, wasm.get(order), bytes * orderAddresses),
  ]
}

/** Moves pointers through a record, some vectors at a time; `step` gets the offset of each. `end` is a local of its own. */
function walk(pointers: readonly number[], end: number, floats: number, step: (offset: number) => Code): Code {
  const count = [4, 3, 2, 1].find((vectors) => floats % (4 * vectors) === 0)!
  return [
    ...wasm.set(end, wasm.addInteger(wasm.get(pointers[0]!), wasm.integer(floats * bytes))),
    ...wasm.repeat(
      [
        ...indices(count).flatMap((index) => step(16 * index)),
        ...pointers.flatMap((pointer) => advance(pointer, 16 * count)),
      ],
      wasm.isLess(wasm.get(pointers[0]!), wasm.get(end)),
    ),
  ]
}

/** Writes the stream's part of a record, and 1 / its scale; then the rest. Moves the pointers, and uses two vectors. */
function writeRecord(
  config: ModelConfig,
  { stream, record }: KernelLayout,
  how: MultiplyAdd,
  {
    to,
    own,
    sets,
    scale,
    end,
    factors,
    free,
    floats,
  }: {
    readonly to: number
    readonly own: number
    readonly sets: readonly number[]
    /** Address of the scale. */
    readonly scale: Code
    readonly end: number
    readonly factors: readonly number[]
    readonly free: number
    readonly floats: number
  },
): Code {
  const H = config.n_heads
  const [squares, value] = [free, free + 1]
  const at = (pointer: number, offset: number) => ({ at: wasm.get(pointer), offset })
  const step = (offset: number) => {
    const rows = sets.flatMap((rowSet) => indices(H).map((head) => at(rowSet, offset + head * record * bytes)))
    return addRows(how, { to: at(to, offset), from: at(own, offset), rows }, factors)
  }
  const pointers = [to, own, ...sets]
  return [
    ...wasm.set(squares, wasm.all(0)),
    ...walk(pointers, end, stream, (offset) => [
      ...step(offset),
      ...wasm.set(value, wasm.load(wasm.get(to), offset)),
      ...wasm.set(squares, wasm.multiplyAdd(how, wasm.get(value), wasm.get(value), wasm.get(squares))),
    ]),
    ...wasm.storeFloat(scale, 0, wasm.lane(0, inverseScale(squares, config))),
    ...walk(pointers, end, floats - stream, step),
  ]
}

const integers = (count: number) => indices(count).map(() => types.integer)
const vectors = (count: number) => indices(count).map(() => types.vector)

function key(config: ModelConfig, layout: KernelLayout, how: MultiplyAdd): WasmFunction {
  const [to, scale, order] = [0, 1, 2]
  const [own, sets, end] = [3, [4, 5, 6], 7]
  const factors = indices(3 * config.n_heads).map((index) => end + 1 + index)
  const place = { to, own, sets, scale: wasm.get(scale), end, factors, free: end + 1 + factors.length }
  return {
    name: 'key',
    parameters: integers(3),
    locals: [...integers(5), ...vectors(factors.length + 2)],
    body: [
      ...takeOrder(order, [own, ...sets], factors),
      ...writeRecord(config, layout, how, { ...place, floats: layout.queries }),
    ],
  }
}

/** Room for what `answerCode` uses. */
const answerVectors = 64

function answer(
  config: ModelConfig,
  layout: KernelLayout,
  how: MultiplyAdd,
  fixed: FixedActivations,
  position: number,
  digit: number,
): WasmFunction {
  const { record, address } = layout
  const [order, sum] = [0, 1]
  const [own, sets, token, to, end] = [2, [3, 4], 5, 6, 7]
  const factors = indices(2 * config.n_heads).map((index) => end + 1 + index)
  const free = end + 1 + factors.length
  const scale = wasm.integer(address.scales + position * bytes)
  const heads = indices(config.n_heads).filter(
    (head) => !fixed.at('z', 1, position, head) && !fixed.at('result', 1, position, head),
  )
  const asks = (head: number) => !fixed.at('q', 1, position, head)
  return {
    name: `answer${digit}`,
    parameters: integers(2),
    locals: [...integers(6), ...vectors(factors.length + answerVectors)],
    body: [
      ...takeOrder(order, [own, ...sets, token], factors),
      ...wasm.set(to, wasm.integer(address.sum + position * record * bytes)),
      ...writeRecord(config, layout, how, { to, own, sets, scale, end, factors, free, floats: record }),
      ...answerCode({ config, layout, how, position, digit, heads, asks, token, sum, pointers: [to, own, end], free }),
    ],
  }
}
