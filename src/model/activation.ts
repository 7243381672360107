import type { ActivationFunction } from './config'

/** What an MLP makes of one neuron's input, in float64; as torch and TransformerLens define the functions. */
export function activate(name: ActivationFunction, x: number): number {
  switch (name) {
    case 'relu':
      return Math.max(0, x)
    case 'silu':
      return x / (1 + Math.exp(-x))
    case 'gelu':
      return (x * (1 + erf(x / Math.SQRT2))) / 2
    case 'gelu_new':
      return (x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))) / 2
  }
}

/**
 * The error function to about 1e-15: its Taylor series (Abramowitz and Stegun 7.1.6, whose terms are all of one sign) near 0,
 * and a continued fraction for the rest of the integral (7.1.14) beyond.
 */
function erf(x: number): number {
  if (x < 0) return -erf(-x)
  if (x > 6) return 1
  const bell = Math.exp(-x * x) / Math.sqrt(Math.PI)
  if (x > 3) {
    let fraction = x
    for (let term = 60; term > 0; term--) fraction = x + term / 2 / fraction
    return 1 - bell / fraction
  }
  let [sum, term] = [0, 2 * x]
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    sum += term
    term *= (2 * x * x) / (2 * n + 1)
  }
  return bell * sum
}
