import { mean } from '../../core/statistics'

/** Without its mean, as LayerNorm takes it. */
export function centred(stream: ArrayLike<number>): Float64Array {
  const middle = mean(stream)
  return Float64Array.from(stream, (value) => value - middle)
}

/** What a head with these W_O [head, d_head, d_model] writes into the stream for a z (or a value it looks at alone). */
export function written(z: ArrayLike<number>, W_O: ArrayLike<number>, head: number, d_model: number): Float64Array {
  const first = head * z.length * d_model
  return Float64Array.from({ length: d_model }, (_, m) => {
    let sum = 0
    for (let d = 0; d < z.length; d++) sum += z[d]! * W_O[first + d * d_model + m]!
    return sum
  })
}
