import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'
import { types, type WasmFunction } from '../wasm/module'
import type { FixedActivations } from './fixed-activations'
import { acrossLanes, advance, type Answer, indices, positionOf } from './kernel-answer'
import { answerCode } from './kernel-answer-code'
import { type KernelLayout, orderAddresses } from './kernel-layout'
import { addRows } from './kernel-rows'
import { inverseScale } from './kernel-scale'
import { emptyTally, tallyCode } from './kernel-tally-code'
import { groupSize } from './sum-groups'

/**
 * Row sets hold a record for each head. Addresses are in bytes. An order is a position's record to be made: the addresses of its own
 * entry and of two row sets, how many bytes are wanted of it, then a float32 factor for each row set and head.
 */
export interface KernelFunctions {
  /** to = from + the sum of factor * row, in row sets, with what `address` has: for 1 row, for 2, and so on. */
  readonly accumulate: readonly ((to: number, from: number) => void)[]
  /**
   * Writes orders from one address to before another, `orders.sum` apart, that have these addresses of their own entry and their
   * first row set: their factors, by denominators [head] and weights [order, head] of their second row set.
   */
  order(order: number, end: number, own: number, rowSet: number, denominators: number, weights: number): void
  /** The record of a position, own + the sum of factor * row, and 1 / its scale. */
  record(to: number, scale: number, order: number): void
  /**
   * All sums of a group by the orders at `address.orders`: for each the records of b's last digit and where digits are predicted, and
   * what is predicted there: logits, and margins of the tokens at `address.tokens`; and its part of the tally.
   */
  group(): void
}

const bytes = 4
const recordFunction = 0

/** What is fixed in layer 1 is left out of the code. */
export function kernelFunctions(
  config: ModelConfig,
  layout: KernelLayout,
  how: MultiplyAdd,
  fixed: FixedActivations,
): WasmFunction[] {
  return [
    recordOf(config, layout, how),
    group(config, layout, how, fixed),
    ordering(config, layout),
    ...indices(mostRows(config)).map((index) => accumulate(config, layout, how, index + 1)),
  ]
}

/** What a module of them exports. */
export function functionsOf(config: ModelConfig, exported: object): KernelFunctions {
  const named = exported as Omit<KernelFunctions, 'accumulate'> & Record<string, KernelFunctions['accumulate'][number]>
  const { record, group, order } = named
  return { record, group, order, accumulate: indices(mostRows(config)).map((index) => named[nameOf(index + 1)]!) }
}

/** So many are added at once at most: all that stands before the answer. */
const mostRows = ({ layout: { answerDigits } }: ModelConfig) => 2 * answerDigits + 1
const nameOf = (rows: number) => `accumulate${rows}`

/** Room for what `answerCode` uses. */
const answerVectors = 24

function group(config: ModelConfig, layout: KernelLayout, how: MultiplyAdd, fixed: FixedActivations): WasmFunction {
  const { address, record, orders } = layout
  const { answerDigits: n } = config.layout
  const [order, sum, pointers, free] = [0, 1, [2, 3, 4, 5], 6] as const
  const first = 2 * n
  const isFixed = (site: 'q' | 'z' | 'result', digit: number, head: number) =>
    fixed.at(site, 1, positionOf(config, digit), head) !== undefined
  const answer: Answer = {
    config,
    layout,
    how,
    attends: (digit, head) => !isFixed('z', digit, head) && !isFixed('result', digit, head),
    asks: (digit, head) => !isFixed('q', digit, head),
    sum,
    pointers,
    free,
  }
  return {
    name: 'group',
    parameters: [],
    locals: [...integers(2 + pointers.length), ...vectors(answerVectors)],
    body: [
      ...emptyTally(layout),
      ...wasm.set(order, wasm.integer(address.orders)),
      ...wasm.set(sum, wasm.integer(0)),
      ...wasm.repeat(
        [
          ...indices(n + 1).flatMap((index) =>
            wasm.call(
              recordFunction,
              wasm.integer(address.sum + (first + index) * record * bytes),
              wasm.integer(address.scales + (first + index) * bytes),
              wasm.addInteger(wasm.get(order), wasm.integer(index * orders.record)),
            ),
          ),
          ...answerCode(answer),
          ...tallyCode(layout, sum, free),
          ...advance(order, orders.sum),
          ...advance(sum, 1),
        ],
        wasm.isLess(wasm.get(sum), wasm.integer(groupSize)),
      ),
    ],
  }
}

function ordering({ n_heads: H }: ModelConfig, { orders }: KernelLayout): WasmFunction {
  const [order, end, own, rowSet, denominators, weights, weight, share] = [0, 1, 2, 3, 4, 5, 6, 7]
  const factors = bytes * orderAddresses
  const store = (factor: number, value: Code) =>
    wasm.storeFloat(wasm.get(order), factors + bytes * factor, wasm.narrowed(value))
  return {
    name: 'order',
    parameters: integers(6),
    locals: [types.double, types.double],
    body: wasm.repeat(
      [
        ...wasm.storeInteger(wasm.get(order), 0, wasm.get(own)),
        ...wasm.storeInteger(wasm.get(order), bytes, wasm.get(rowSet)),
        ...indices(H).flatMap((head) => {
          const denominator = wasm.loadDouble(wasm.get(denominators), 2 * bytes * head)
          return [
            ...wasm.set(weight, wasm.loadDouble(wasm.get(weights), 2 * bytes * head)),
            ...wasm.set(share, wasm.divideDouble(wasm.double(1), wasm.addDouble(denominator, wasm.get(weight)))),
            ...store(head, wasm.get(share)),
            ...store(H + head, wasm.multiplyDouble(wasm.get(weight), wasm.get(share))),
          ]
        }),
        ...advance(order, orders.sum),
        ...advance(weights, 2 * bytes * H),
      ],
      wasm.isLess(wasm.get(order), wasm.get(end)),
    ),
  }
}

function accumulate(
  { n_heads: H }: ModelConfig,
  { record, used, address }: KernelLayout,
  how: MultiplyAdd,
  count: number,
): WasmFunction {
  const [to, from] = [0, 1]
  const end = 2
  const rows = indices(count).map((index) => end + 1 + index)
  const factors = rows.map((row) => row + count)
  const places = [to, from, ...rows]
  return {
    name: nameOf(count),
    parameters: integers(2),
    locals: [...integers(1 + count), ...vectors(count)],
    body: [
      ...rows.flatMap((local, index) =>
        wasm.set(local, wasm.loadInteger(wasm.integer(address.rowsAdded), bytes * index)),
      ),
      ...indices(H).flatMap((head) => [
        ...loadFactors(factors, wasm.integer(address.factors), bytes * head * count),
        ...wasm.set(end, wasm.addInteger(wasm.get(to), wasm.integer(used * bytes))),
        ...walk(places, end, used, (offset) => {
          const [target, start, ...added] = places.map((pointer) => ({ at: wasm.get(pointer), offset }))
          return addRows(how, { to: target!, from: start!, rows: added }, factors)
        }),
        ...places.flatMap((pointer) => advance(pointer, (record - used) * bytes)),
      ]),
    ],
  }
}

function loadFactors(locals: readonly number[], address: Code, offset: number): Code {
  return locals.flatMap((local, index) => wasm.set(local, wasm.loadSplat(address, offset + bytes * index)))
}

/** Moves pointers up to the first one's `end`, some vectors of a multiple of so many floats at a time; `step` gets each offset. */
function walk(pointers: readonly number[], end: number, floats: number, step: (offset: number) => Code): Code {
  const count = [4, 3, 2, 1].find((vectors) => floats % (4 * vectors) === 0)!
  return wasm.repeat(
    [
      ...indices(count).flatMap((index) => step(16 * index)),
      ...pointers.flatMap((pointer) => advance(pointer, 16 * count)),
    ],
    wasm.isLess(wasm.get(pointers[0]!), wasm.get(end)),
  )
}

const integers = (count: number) => indices(count).map(() => types.integer)
const vectors = (count: number) => indices(count).map(() => types.vector)

/** Writes the stream's part of a record, and 1 / its scale; then the rest. */
function recordOf(config: ModelConfig, layout: KernelLayout, how: MultiplyAdd): WasmFunction {
  const { stream, record, used, queries } = layout
  const H = config.n_heads
  const [to, scale, order] = [0, 1, 2]
  const [own, sets, last, end] = [3, [4, 5], 6, 7]
  const factors = indices(2 * H).map((index) => end + 1 + index)
  const [squares, value] = [end + 1 + factors.length, end + 2 + factors.length]
  const at = (pointer: number, offset: number) => ({ at: wasm.get(pointer), offset })
  const step = (offset: number) => {
    const rows = sets.flatMap((rowSet) => indices(H).map((head) => at(rowSet, offset + head * record * bytes)))
    return addRows(how, { to: at(to, offset), from: at(own, offset), rows }, factors)
  }
  const pointers = [to, own, ...sets]
  return {
    name: 'record',
    parameters: integers(3),
    locals: [...integers(5), ...vectors(factors.length + 2)],
    body: [
      ...[own, ...sets, last].flatMap((local, index) =>
        wasm.set(local, wasm.loadInteger(wasm.get(order), bytes * index)),
      ),
      ...loadFactors(factors, wasm.get(order), bytes * orderAddresses),
      ...wasm.set(last, wasm.addInteger(wasm.get(to), wasm.get(last))),
      ...wasm.set(end, wasm.addInteger(wasm.get(to), wasm.integer(stream * bytes))),
      ...wasm.set(squares, wasm.all(0)),
      ...walk(pointers, end, stream, (offset) => [
        ...step(offset),
        ...wasm.set(value, wasm.load(wasm.get(to), offset)),
        ...wasm.set(squares, wasm.multiplyAdd(how, wasm.get(value), wasm.get(value), wasm.get(squares))),
      ]),
      ...acrossLanes(squares, wasm.add),
      ...wasm.storeFloat(wasm.get(scale), 0, wasm.lane(0, inverseScale(wasm.get(squares), config))),
      // Both a record and what a key has of it end where such a step does.
      ...walk(pointers, last, commonDivisor(used - stream, queries - stream), step),
    ],
  }
}

function commonDivisor(one: number, other: number): number {
  return other === 0 ? one : commonDivisor(other, one % other)
}
