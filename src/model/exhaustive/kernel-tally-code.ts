import * as wasm from '../wasm/instructions'
import type { Code } from '../wasm/instructions'
import { indices, nowhere } from './kernel-answer'
import { exponentialOfDoubles } from './kernel-exponential'
import type { KernelLayout } from './kernel-layout'

/** Of smaller odds ln(1 + odds) is a polynomial; of others 1 + odds is a factor, whose logarithm is taken with others'. */
const smallOdds = 1e-4
/** Odds of a margin below this, in logits, are taken of this one; what is missing is added to the loss. */
const lowestMargin = -60
/** exp of less is as good as nothing. */
const highestMargin = 700

/** Before the first sum of a group: losses of digits are 0, and their products 1. */
export function emptyTally({ address, lanes }: KernelLayout): Code {
  return indices(lanes / 2).flatMap((pair) => [
    ...wasm.store(nowhere, address.digitLosses + 16 * pair, wasm.both(0)),
    ...wasm.store(nowhere, address.digitLosses + 8 * lanes + 16 * pair, wasm.both(1)),
  ])
}

/**
 * What a sum adds to a tally, once its margins and the sums of exp(logit - highest wrong one) are there: its smallest margin, and
 * its loss as a number and a product, ln of which is the rest. `sum` is the local of its number, `free` the first vector to use.
 */
export function tallyCode({ address, lanes }: KernelLayout, sum: number, free: number): Code {
  const [smallest, loss, product, margins, rests, margin, odds, power, rest] = indices(9).map(
    (index) => free + index,
  ) as [number, number, number, number, number, number, number, number, number]
  const at = wasm.multiplyInteger(wasm.get(sum), 4 * lanes)
  const swapped = (local: number) => wasm.shuffle(wasm.get(local), wasm.get(local), 2, 3, 0, 1)
  const addTo = (where: number, value: Code, by: (left: Code, right: Code) => Code) =>
    wasm.store(nowhere, where, by(wasm.load(nowhere, where), value))
  const clamped = wasm.leastDoubles(
    wasm.greatestDoubles(wasm.get(margin), wasm.both(lowestMargin)),
    wasm.both(highestMargin),
  )
  const missing = wasm.subtractDoubles(
    wasm.both(lowestMargin),
    wasm.leastDoubles(wasm.get(margin), wasm.both(lowestMargin)),
  )
  const isSmall = wasm.areDoublesLess(wasm.get(odds), wasm.both(smallOdds))
  const pair = (digits: number) => [
    ...wasm.set(margin, wasm.widened(wasm.get(margins))),
    ...wasm.set(
      odds,
      wasm.multiplyDoubles(
        wasm.widened(wasm.get(rests)),
        exponentialOfDoubles(wasm.subtractDoubles(wasm.both(0), clamped), power, rest),
      ),
    ),
    ...wasm.set(power, wasm.and(wasm.get(odds), isSmall)),
    // ln(1 + x) = x (1 - x (1/2 - x/3)), to 3e-13 of its value.
    ...wasm.set(
      rest,
      wasm.addDoubles(
        missing,
        wasm.multiplyDoubles(
          wasm.get(power),
          [1 / 2, 1].reduce<Code>(
            (inner, factor) => wasm.subtractDoubles(wasm.both(factor), wasm.multiplyDoubles(wasm.get(power), inner)),
            wasm.both(1 / 3),
          ),
        ),
      ),
    ),
    ...wasm.set(power, wasm.addDoubles(wasm.both(1), wasm.andNot(wasm.get(odds), isSmall))),
    ...addTo(address.digitLosses + 8 * digits, wasm.get(rest), wasm.addDoubles),
    ...addTo(address.digitLosses + 8 * (lanes + digits), wasm.get(power), wasm.multiplyDoubles),
    ...wasm.set(loss, wasm.addDoubles(wasm.get(loss), wasm.get(rest))),
    ...wasm.set(product, wasm.multiplyDoubles(wasm.get(product), wasm.get(power))),
  ]
  return [
    ...wasm.set(smallest, wasm.all(Infinity)),
    ...wasm.set(loss, wasm.both(0)),
    ...wasm.set(product, wasm.both(1)),
    ...indices(lanes / 4).flatMap((part) => [
      ...wasm.set(margins, wasm.load(at, address.margins + 16 * part)),
      ...wasm.set(rests, wasm.load(at, address.rests + 16 * part)),
      ...wasm.set(smallest, wasm.least(wasm.get(smallest), wasm.get(margins))),
      ...pair(4 * part),
      ...wasm.set(margins, swapped(margins)),
      ...wasm.set(rests, swapped(rests)),
      ...pair(4 * part + 2),
    ]),
    ...wasm.set(smallest, wasm.least(wasm.get(smallest), swapped(smallest))),
    ...wasm.storeFloat(
      wasm.multiplyInteger(wasm.get(sum), 4),
      address.smallest,
      wasm.lane(0, wasm.least(wasm.get(smallest), wasm.shuffle(wasm.get(smallest), wasm.get(smallest), 1, 0, 3, 2))),
    ),
    ...wasm.set(loss, wasm.addDoubles(wasm.get(loss), swapped(loss))),
    ...wasm.set(product, wasm.multiplyDoubles(wasm.get(product), swapped(product))),
    ...wasm.store(
      wasm.multiplyInteger(wasm.get(sum), 16),
      address.losses,
      wasm.shuffle(wasm.get(loss), wasm.get(product), 0, 1, 4, 5),
    ),
  ]
}
