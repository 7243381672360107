import { scalarLike, sumTo } from './rule'
import type { Rules } from './rule'

/** Operators that act entry by entry, their operands stretched against each other. */
export const elementwiseRules: Rules = {
  Identity: (_, gradient) => [gradient],

  Neg: (_, gradient, builder) => [builder.op('Neg', [gradient])],

  Add: ({ inputs: [a, b] }, gradient, builder) => [
    sumTo(builder, gradient, a!.shape),
    sumTo(builder, gradient, b!.shape),
  ],

  Sub: ({ inputs: [a, b] }, gradient, builder) => [
    sumTo(builder, gradient, a!.shape),
    builder.op('Neg', [sumTo(builder, gradient, b!.shape)]),
  ],

  Mul: ({ inputs: [a, b] }, gradient, builder) => [
    sumTo(builder, builder.op('Mul', [gradient, b!]), a!.shape),
    sumTo(builder, builder.op('Mul', [gradient, a!]), b!.shape),
  ],

  // y = a / b: dy/da = 1 / b and dy/db = -y / b.
  Div: ({ inputs: [a, b], outputs: [y] }, gradient, builder) => {
    const quotient = builder.op('Div', [gradient, b!])
    const forDivisor = sumTo(builder, builder.op('Mul', [quotient, y!]), b!.shape)
    return [sumTo(builder, quotient, a!.shape), builder.op('Neg', [forDivisor])]
  },

  Exp: ({ outputs: [y] }, gradient, builder) => [builder.op('Mul', [gradient, y!])],

  Log: ({ inputs: [x] }, gradient, builder) => [builder.op('Div', [gradient, x!])],

  Sqrt: ({ outputs: [y] }, gradient, builder) => {
    const half = builder.op('Mul', [gradient, scalarLike(builder, gradient, 0.5)])
    return [builder.op('Div', [half, y!])]
  },

  Reciprocal: ({ outputs: [y] }, gradient, builder) => {
    const square = builder.op('Mul', [y!, y!])
    return [builder.op('Neg', [builder.op('Mul', [gradient, square])])]
  },

  Relu: ({ inputs: [x] }, gradient, builder) => {
    const zero = scalarLike(builder, gradient, 0)
    return [builder.op('Where', [builder.op('Greater', [x!, zero]), gradient, zero])]
  },

  // dy/dx = 1 - y^2.
  Tanh: ({ outputs: [y] }, gradient, builder) => {
    const slope = builder.op('Sub', [scalarLike(builder, gradient, 1), builder.op('Mul', [y!, y!])])
    return [builder.op('Mul', [gradient, slope])]
  },

  // dy/dx = 2 / sqrt(pi) exp(-x^2).
  Erf: ({ inputs: [x] }, gradient, builder) => {
    const bell = builder.op('Exp', [builder.op('Neg', [builder.op('Mul', [x!, x!])])])
    const slope = builder.op('Mul', [bell, scalarLike(builder, gradient, 2 / Math.sqrt(Math.PI))])
    return [builder.op('Mul', [gradient, slope])]
  },

  // The exponent is taken as given: x^p gives p x^(p - 1).
  Pow: ({ inputs: [x, power] }, gradient, builder) => {
    const lower = builder.op('Sub', [power!, scalarLike(builder, power!, 1)])
    const slope = builder.op('Mul', [power!, builder.op('Pow', [x!, lower])])
    return [sumTo(builder, builder.op('Mul', [slope, gradient]), x!.shape), null]
  },

  Where: ({ inputs: [condition, a, b] }, gradient, builder) => {
    const zero = scalarLike(builder, gradient, 0)
    return [
      null,
      sumTo(builder, builder.op('Where', [condition!, gradient, zero]), a!.shape),
      sumTo(builder, builder.op('Where', [condition!, zero, gradient]), b!.shape),
    ]
  },
}
