import { equalsPosition } from '../../core/positions'
import type { ModelConfig } from '../config'
import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'
import { types, type WasmFunction } from '../wasm/module'
import { answerCode } from './kernel-answer-code'
import type { KernelLayout } from './kernel-layout'
import { inverseScale } from './kernel-scale'

/** Row sets hold a record for each head. Addresses are in bytes; factors, [row set, head], are read at `address.factors`. */
export interface KernelFunctions {
  /** to = from + factor * row, in row sets. */
  accumulate(to: number, from: number, row: number): void
  /** The record of a position before the answer, own + the sum of factor * row over three row sets, and 1 / its scale. */
  key(to: number, scale: number, own: number, first: number, second: number, third: number): void
  /**
   * `answer{i}`: the same, of two row sets, where digit i is predicted; then what is predicted there: logits, and the scores
   * of the token, for the sum of this number in its group.
   */
  readonly [answer: `answer${number}`]: (own: number, first: number, second: number, token: number, sum: number) => void
}

export function kernelFunctions(config: ModelConfig, layout: KernelLayout, how: MultiplyAdd): WasmFunction[] {
  const first = equalsPosition(config.layout)
  return [
    accumulate(config, layout, how),
    key(config, layout, how),
    ...Array.from({ length: config.layout.answerDigits }, (_, digit) =>
      answer(config, layout, how, first + digit, digit),
    ),
  ]
}

const bytes = 4

function accumulate({ n_heads: H }: ModelConfig, { record, address }: KernelLayout, how: MultiplyAdd): WasmFunction {
  const [to, from, row] = [0, 1, 2]
  const end = 3
  const vectors = Array.from({ length: H }, (_, head) => end + 1 + head)
  const body = [
    ...loadFactors(vectors, address.factors),
    ...walk([to, from, row], end, record, (start) =>
      vectors.flatMap((factor, head) => {
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
    locals: [types.integer, ...vectors.map(() => types.vector)],
    body,
  }
}

function loadFactors(locals: readonly number[], address: number): Code {
  return locals.flatMap((local, index) => wasm.set(local, wasm.loadSplat(wasm.integer(0), address + bytes * index)))
}

/** Moves pointers through a record, some vectors at a time; `step` gets the offset of each. `end` is a local of its own. */
function walk(pointers: readonly number[], end: number, floats: number, step: (offset: number) => Code): Code {
  const vectors = [8, 6, 5, 4, 3, 2, 1].find((count) => floats % (4 * count) === 0)!
  return [
    ...wasm.set(end, wasm.addInteger(wasm.get(pointers[0]!), wasm.integer(floats * bytes))),
    ...wasm.repeat(
      [
        ...Array.from({ length: vectors }, (_, index) => step(16 * index)).flat(),
        ...pointers.flatMap((pointer) =>
          wasm.set(pointer, wasm.addInteger(wasm.get(pointer), wasm.integer(16 * vectors))),
        ),
      ],
      wasm.isLess(wasm.get(pointers[0]!), wasm.get(end)),
    ),
  ]
}

/** One vector of own + the sum of factor * row over heads and row sets. */
function combined(
  own: number,
  sets: readonly number[],
  factors: readonly number[],
  H: number,
  record: number,
  how: MultiplyAdd,
  offset: number,
): Code {
  return sets.reduce<Code>(
    (sum, rows, set) =>
      Array.from({ length: H }, (_, head) => head).reduce<Code>(
        (total, head) =>
          wasm.multiplyAdd(
            how,
            wasm.get(factors[set * H + head]!),
            wasm.load(wasm.get(rows), head * record * bytes + offset),
            total,
          ),
        sum,
      ),
    wasm.load(wasm.get(own), offset),
  )
}

function key(config: ModelConfig, { stream, record, queries, address }: KernelLayout, how: MultiplyAdd): WasmFunction {
  const H = config.n_heads
  const [to, scale, own, sets] = [0, 1, 2, [3, 4, 5]]
  const end = 6
  const factors = Array.from({ length: 3 * H }, (_, index) => end + 1 + index)
  const squares = end + 1 + 3 * H
  const value = squares + 1
  const step = (offset: number) => wasm.set(value, combined(own, sets, factors, H, record, how, offset))
  const body = [
    ...loadFactors(factors, address.factors),
    ...wasm.set(squares, wasm.all(0)),
    ...Array.from({ length: stream / 4 }, (_, index) => [
      ...step(16 * index),
      ...wasm.store(wasm.get(to), 16 * index, wasm.get(value)),
      ...wasm.set(squares, wasm.multiplyAdd(how, wasm.get(value), wasm.get(value), wasm.get(squares))),
    ]).flat(),
    ...wasm.storeFloat(wasm.get(scale), 0, wasm.lane(0, inverseScale(wasm.get(squares), squares, config))),
    ...[to, own, ...sets].flatMap((pointer) =>
      wasm.set(pointer, wasm.addInteger(wasm.get(pointer), wasm.integer(stream * bytes))),
    ),
    ...walk([to, own, ...sets], end, queries - stream, (offset) => [
      ...step(offset),
      ...wasm.store(wasm.get(to), offset, wasm.get(value)),
    ]),
  ]
  return {
    name: 'key',
    parameters: [to, scale, own, ...sets].map(() => types.integer),
    locals: [types.integer, ...factors.map(() => types.vector), types.vector, types.vector],
    body,
  }
}

function answer(
  config: ModelConfig,
  layout: KernelLayout,
  how: MultiplyAdd,
  position: number,
  digit: number,
): WasmFunction {
  const H = config.n_heads
  const { stream, record, address } = layout
  const [own, sets, token, sum, to, end] = [0, [1, 2], 3, 4, 5, 6]
  const factors = Array.from({ length: 2 * H }, (_, index) => end + 1 + index)
  const free = end + 1 + 2 * H
  const value = free
  const squares = free + 1
  const step = (offset: number) => [
    ...wasm.set(value, combined(own, sets, factors, H, record, how, offset)),
    ...wasm.store(wasm.get(to), offset, wasm.get(value)),
  ]
  const vectors = 64
  const body = [
    ...wasm.set(to, wasm.integer(address.sum + position * record * bytes)),
    ...loadFactors(factors, address.factors),
    ...wasm.set(squares, wasm.all(0)),
    ...Array.from({ length: stream / 4 }, (_, index) => [
      ...step(16 * index),
      ...wasm.set(squares, wasm.multiplyAdd(how, wasm.get(value), wasm.get(value), wasm.get(squares))),
    ]).flat(),
    ...wasm.storeFloat(
      wasm.integer(address.scales + position * bytes),
      0,
      wasm.lane(0, inverseScale(wasm.get(squares), squares, config)),
    ),
    ...[to, own, ...sets].flatMap((pointer) =>
      wasm.set(pointer, wasm.addInteger(wasm.get(pointer), wasm.integer(stream * bytes))),
    ),
    ...walk([to, own, ...sets], end, record - stream, step),
    ...answerCode({ config, layout, how, position, digit, token, sum, free }),
  ]
  return {
    name: `answer${digit}`,
    parameters: [own, ...sets, token, sum].map(() => types.integer),
    locals: [
      types.integer,
      types.integer,
      ...factors.map(() => types.vector),
      ...Array.from({ length: vectors }, () => types.vector),
    ],
    body,
  }
}
