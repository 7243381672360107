import { realFourier } from '../../core/fourier'
import { logitCount } from './logit-map'

/** Magnitude and phase (radians) of the wave of frequency 1 over the ten digits, for each row of ten. */
export interface FirstFrequency {
  readonly magnitude: Float64Array
  readonly phase: Float64Array
}

/** Takes rows of ten logits, as torch.fft.rfft does, and keeps frequency 1. */
export function firstFrequency(rows: ArrayLike<number>): FirstFrequency {
  const { magnitude, phase, frequencies } = realFourier(rows, logitCount)
  const keep = (values: Float64Array) => values.filter((_, index) => index % frequencies === 1)
  return { magnitude: keep(magnitude), phase: keep(phase) }
}
