import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'

/** 1.5 * 2^23: adding it rounds a float32 to a whole number, which then stands in its last bits. */
const rounding = 12582912

/**
 * exp of four numbers of at most 0, to 3e-7 of its value; of less than -87 about 1e-38. 2^(x / ln 2), the whole part by the exponent's bits, the rest by
 * its series. Uses two locals.
 */
export function exponential(x: Code, how: MultiplyAdd, power: number, rest: number): Code {
  const coefficients = Array.from({ length: 7 }, (_, degree) => Math.LN2 ** degree / factorial(degree))
  return [
    ...wasm.set(rest, wasm.multiply(wasm.greatest(x, wasm.all(-87)), wasm.all(Math.LOG2E))),
    ...wasm.set(power, wasm.add(wasm.get(rest), wasm.all(rounding))),
    ...wasm.set(rest, wasm.subtract(wasm.get(rest), wasm.subtract(wasm.get(power), wasm.all(rounding)))),
    ...wasm.addWhole(
      coefficients
        .slice(0, -1)
        .reduceRight<Code>(
          (sum, coefficient) => wasm.multiplyAdd(how, sum, wasm.get(rest), wasm.all(coefficient)),
          wasm.all(coefficients.at(-1)!),
        ),
      wasm.shiftLeft(wasm.get(power), 23),
    ),
  ]
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}
