/** Polar form of the real Fourier transform of rows, each row-major [row, frequency] with floor(length / 2) + 1 frequencies. */
export interface Polar {
  readonly magnitude: Float64Array
  /** Radians in (-pi, pi]. */
  readonly phase: Float64Array
  readonly frequencies: number
}

/**
 * The discrete Fourier transform X_k = sum_n x_n e^(-2 pi i k n / N) over a short last axis of the given length, as
 * `torch.fft.rfft`: frequencies 0 to floor(N / 2), no normalisation.
 */
export function realFourier(rows: ArrayLike<number>, length: number): Polar {
  const frequencies = Math.floor(length / 2) + 1
  const count = rows.length / length
  const magnitude = new Float64Array(count * frequencies)
  const phase = new Float64Array(count * frequencies)
  const { cosine, sine } = unitCircle(length)
  for (let row = 0; row < count; row++)
    for (let frequency = 0; frequency < frequencies; frequency++) {
      let real = 0
      let imaginary = 0
      for (let index = 0; index < length; index++) {
        const angle = (frequency * index) % length
        real += rows[row * length + index]! * cosine[angle]!
        imaginary -= rows[row * length + index]! * sine[angle]!
      }
      magnitude[row * frequencies + frequency] = Math.sqrt(real ** 2 + imaginary ** 2)
      phase[row * frequencies + frequency] = Math.atan2(imaginary, real)
    }
  return { magnitude, phase, frequencies }
}

/** Cosines and sines of the N-th parts of the circle, exact at half turns so that real results have phase 0 or pi. */
function unitCircle(length: number): { cosine: Float64Array; sine: Float64Array } {
  const angles = Array.from({ length }, (_, index) => (2 * Math.PI * index) / length)
  return {
    cosine: Float64Array.from(angles, Math.cos),
    sine: Float64Array.from(angles, (angle, index) => ((2 * index) % length === 0 ? 0 : Math.sin(angle))),
  }
}
