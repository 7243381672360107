import { matrix, type Matrix } from './matrix'

/**
 * The waves over `length` samples (an even number), each of length 1 and at right angles to the others: `const`, `cos 1`,
 * `sin 1`, .. and last the cosine of half the samples, whose sine is 0 everywhere. `waves` is [component, sample].
 */
export function fourierBasis(length: number): { readonly names: readonly string[]; readonly waves: Matrix } {
  const wave = (name: string, of: (angle: number) => number, frequency: number) => {
    const samples = Array.from({ length }, (_, index) => of((2 * Math.PI * frequency * index) / length))
    const norm = Math.hypot(...samples)
    return { name, samples: samples.map((sample) => sample / norm) }
  }
  const rows = [wave('const', Math.cos, 0)]
  for (let frequency = 1; frequency <= length / 2; frequency++) {
    rows.push(wave(`cos ${frequency}`, Math.cos, frequency))
    if (2 * frequency < length) rows.push(wave(`sin ${frequency}`, Math.sin, frequency))
  }
  return {
    names: rows.map(({ name }) => name),
    waves: matrix(
      length,
      length,
      rows.flatMap(({ samples }) => samples),
    ),
  }
}
