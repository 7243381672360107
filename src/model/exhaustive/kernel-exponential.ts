import * as wasm from '../wasm/instructions'
import type { Code, MultiplyAdd } from '../wasm/instructions'

/** 1.5 * 2^23: adding it rounds a float32 to a whole number, which then stands in its last bits. */
const rounding = 12582912

/** The polynomial through 2^x at the six Chebyshev nodes of -1/2 .. 1/2, from the constant on: within 1.1e-7 of its value. */
const coefficients = [
  1.0000000754548972, 0.6931471880262287, 0.24022107485308308, 0.05550357114218722, 0.009676031918325055,
  0.0013390863364847402,
]

/**
 * exp of four numbers of at most 0, to 3e-7 of its value; of less than -87 about 1e-38. 2^(x / ln 2), the whole part by the
 * exponent's bits, the rest by a polynomial. Uses two locals.
 */
export function exponential(x: Code, how: MultiplyAdd, power: number, rest: number): Code {
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

/** The same of a float64: 1.5 * 2^52. */
const roundingDoubles = 6755399441055744

/** Taylor's for 2^x, from the constant on: within 1e-14 of its value in -1/2 .. 1/2. */
const doubleCoefficients = Array.from({ length: 12 }, (_, degree) =>
  Array.from({ length: degree }, (_, factor) => Math.LN2 / (factor + 1)).reduce((product, each) => product * each, 1),
)

/** exp of two float64 from -700 to 700, to 2e-13 of its value; not a number of what is none. Uses two locals. */
export function exponentialOfDoubles(x: Code, power: number, rest: number): Code {
  const rounded = wasm.subtractDoubles(wasm.get(power), wasm.both(roundingDoubles))
  return [
    ...wasm.set(rest, wasm.multiplyDoubles(x, wasm.both(Math.LOG2E))),
    ...wasm.set(power, wasm.addDoubles(wasm.get(rest), wasm.both(roundingDoubles))),
    ...wasm.set(rest, wasm.subtractDoubles(wasm.get(rest), rounded)),
    ...wasm.addLong(
      doubleCoefficients
        .slice(0, -1)
        .reduceRight<Code>(
          (sum, coefficient) => wasm.addDoubles(wasm.multiplyDoubles(sum, wasm.get(rest)), wasm.both(coefficient)),
          wasm.both(doubleCoefficients.at(-1)!),
        ),
      wasm.shiftLongLeft(wasm.get(power), 52),
    ),
  ]
}
