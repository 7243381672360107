import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'
import { advance, type Answer, indices } from './kernel-answer'
import { exponential } from './kernel-exponential'
import { noMargin, vocab } from './kernel-layout'

/** So low that an output is never the highest but one. */
const lowest = -1e30

/**
 * Of up to four digits whose logits are there: the right token's margin, and the sum of exp(logit - highest wrong one) over the
 * wrong ones. Lanes without a digit get `noMargin` and 0.
 */
export function outcome({ config, layout, how, sum, pointers, free }: Answer, block: readonly number[]): Code {
  const { address, lanes } = layout
  const { answerDigits } = config.layout
  const [from, at] = pointers
  const [tokens, right, most, power, rest] = indices(5).map((index) => free + index) as [
    number,
    number,
    number,
    number,
    number,
  ]
  const rows = indices(4).map((index) => free + 5 + index) as [number, number, number, number]
  const outputs = indices(4).map((index) => free + 9 + index) as [number, number, number, number]
  const isThere = indices(4).map((lane) => block[lane] !== undefined)
  const lanesOf = (there: number, missing: number) =>
    wasm.constant(...(isThere.map((is) => (is ? there : missing)) as [number, number, number, number]))
  const interleaved = (left: number, right: number, first: number) =>
    wasm.shuffle(wasm.get(left), wasm.get(right), first, first + 4, first + 1, first + 5)
  const halves = (left: number, right: number, first: number) =>
    wasm.shuffle(wasm.get(left), wasm.get(right), first, first + 1, first + 4, first + 5)
  const isRight = (token: number) => wasm.areWholesEqual(wasm.get(tokens), wasm.wholes(token))
  const others = wasm.integer(address.otherLogits)
  const end = wasm.integer(address.otherLogits + 16 * vocab)
  const own = wasm.multiplyInteger(wasm.get(sum), 4 * lanes)
  const offset = 4 * block[0]!
  return [
    ...wasm.set(tokens, wasm.load(own, address.tokens + offset)),
    ...wasm.set(
      from,
      wasm.addInteger(
        wasm.multiplyInteger(wasm.get(sum), 4 * vocab * answerDigits),
        wasm.integer(address.logits + 4 * vocab * block[0]!),
      ),
    ),
    ...wasm.set(at, others),
    ...wasm.set(right, wasm.all(0)),
    ...wasm.set(most, wasm.all(lowest)),
    ...wasm.repeat(
      [
        // Four digits' logits of four outputs, turned so that each vector is of one output.
        ...rows.flatMap((local, lane) =>
          wasm.set(local, wasm.load(wasm.get(from), 4 * vocab * Math.min(lane, block.length - 1))),
        ),
        ...wasm.set(power, interleaved(rows[0], rows[1], 0)),
        ...wasm.set(rest, interleaved(rows[2], rows[3], 0)),
        ...wasm.set(outputs[0], halves(power, rest, 0)),
        ...wasm.set(outputs[1], halves(power, rest, 2)),
        ...wasm.set(power, interleaved(rows[0], rows[1], 2)),
        ...wasm.set(rest, interleaved(rows[2], rows[3], 2)),
        ...wasm.set(outputs[2], halves(power, rest, 0)),
        ...wasm.set(outputs[3], halves(power, rest, 2)),
        ...outputs.flatMap((local, token) => [
          ...wasm.set(power, isRight(token)),
          ...wasm.set(right, wasm.or(wasm.get(right), wasm.and(wasm.get(power), wasm.get(local)))),
          ...wasm.set(local, wasm.add(wasm.get(local), wasm.and(wasm.get(power), wasm.all(lowest)))),
          ...wasm.set(most, wasm.greatest(wasm.get(most), wasm.get(local))),
          ...wasm.store(wasm.get(at), 16 * token, wasm.get(local)),
        ]),
        ...wasm.set(tokens, wasm.subtractWhole(wasm.get(tokens), wasm.wholes(outputs.length))),
        ...advance(from, 16),
        ...advance(at, 16 * outputs.length),
      ],
      wasm.isLess(wasm.get(at), end),
    ),
    ...wasm.store(
      own,
      address.margins + offset,
      wasm.greatest(wasm.subtract(wasm.get(right), wasm.get(most)), lanesOf(-Infinity, noMargin)),
    ),
    ...wasm.set(right, wasm.all(0)),
    ...wasm.set(at, others),
    ...wasm.repeat(
      [
        ...outputs.flatMap((local, token) => [
          ...wasm.set(
            local,
            exponential(wasm.subtract(wasm.load(wasm.get(at), 16 * token), wasm.get(most)), how, power, rest),
          ),
          ...wasm.set(right, wasm.add(wasm.get(right), wasm.get(local))),
        ]),
        ...advance(at, 16 * outputs.length),
      ],
      wasm.isLess(wasm.get(at), end),
    ),
    ...wasm.store(own, address.rests + offset, wasm.multiply(wasm.get(right), lanesOf(1, 0))),
  ]
}
