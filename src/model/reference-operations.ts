/**
 * The few operations that the oracle's forward pass consists of, in float64. Arrays are flat and row-major; each comment
 * gives the axes: N examples, S positions, Q queries, H heads, M = d_model, D = d_head.
 */
type Numbers = ArrayLike<number>

/** Rows `indices` of each table of `rows` rows of `width`: [N, rows, width] -> [N, indices, width]. */
export function pickRows(source: Numbers, rows: number, width: number, indices: Numbers): Float64Array {
  const tables = source.length / (rows * width)
  const picked = new Float64Array(tables * indices.length * width)
  for (let table = 0, to = 0; table < tables; table++)
    for (let row = 0; row < indices.length; row++)
      for (let column = 0, from = (table * rows + indices[row]!) * width; column < width; column++)
        picked[to++] = source[from++]!
  return picked
}

export function add(left: Float64Array, right: Float64Array): Float64Array {
  return left.map((value, index) => value + right[index]!)
}

/** x [.., inputs] @ matrix [inputs, outputs] + bias [outputs]. */
export function affine(x: Float64Array, matrix: Numbers, bias: Numbers): Float64Array {
  const outputs = bias.length
  const inputs = matrix.length / outputs
  const y = new Float64Array((x.length / inputs) * outputs)
  for (let index = 0; index < y.length; index++) y[index] = bias[index % outputs]!
  for (let index = 0; index < x.length; index++) {
    const row = Math.floor(index / inputs) * outputs
    const weights = (index % inputs) * outputs
    for (let output = 0; output < outputs; output++) y[row + output]! += x[index]! * matrix[weights + output]!
  }
  return y
}

/** x [.., M] @ W [H, M, D] + b [H, D] -> [.., H, D]. */
export function projectToHeads(x: Float64Array, heads: number, W: Numbers, b: Numbers): Float64Array {
  const D = b.length / heads
  const M = W.length / b.length
  const y = new Float64Array((x.length / M) * heads * D)
  for (let row = 0; row < x.length / M; row++)
    for (let head = 0; head < heads; head++) {
      const to = (row * heads + head) * D
      for (let d = 0; d < D; d++) y[to + d] = b[head * D + d]!
      for (let m = 0; m < M; m++) for (let d = 0; d < D; d++) y[to + d]! += x[row * M + m]! * W[(head * M + m) * D + d]!
    }
  return y
}

/** Each row of x [.., width] minus its mean. */
export function centredRows(x: Float64Array, width: number): Float64Array {
  const centred = new Float64Array(x.length)
  for (let row = 0; row < x.length; row += width) {
    const values = x.subarray(row, row + width)
    const mean = values.reduce((total, value) => total + value, 0) / width
    centred.set(
      values.map((value) => value - mean),
      row,
    )
  }
  return centred
}

/** The root of each row's mean square plus eps: x [.., width] -> [..]. */
export function rootMeanSquares(x: Float64Array, width: number, eps: number): Float64Array {
  return Float64Array.from({ length: x.length / width }, (_, row) => {
    const values = x.subarray(row * width, (row + 1) * width)
    return Math.sqrt(values.reduce((total, value) => total + value ** 2, 0) / width + eps)
  })
}

/** q [N, Q, H, D] . k [N, S, H, D] / sqrt(D) -> [N, H, Q, S]; -Infinity where the key is later than the query. */
export function attentionScores(
  q: Float64Array,
  k: Float64Array,
  queries: readonly number[],
  { S, H, D }: { S: number; H: number; D: number },
): Float64Array {
  const Q = queries.length
  const scores = new Float64Array((k.length / (S * H * D)) * H * Q * S).fill(-Infinity)
  for (let index = 0; index < scores.length; index++) {
    const [key, query, head] = [index % S, Math.floor(index / S) % Q, Math.floor(index / (S * Q)) % H]
    const example = Math.floor(index / (S * Q * H))
    if (key > queries[query]!) continue
    const fromQ = ((example * Q + query) * H + head) * D
    const fromK = ((example * S + key) * H + head) * D
    let dot = 0
    for (let d = 0; d < D; d++) dot += q[fromQ + d]! * k[fromK + d]!
    scores[index] = dot / Math.sqrt(D)
  }
  return scores
}

/** Softmax of each row of `width`. */
export function softmaxRows(scores: Float64Array, width: number): Float64Array {
  const pattern = new Float64Array(scores.length)
  for (let row = 0; row < scores.length; row += width) {
    const values = scores.subarray(row, row + width)
    const largest = Math.max(...values)
    const exponentials = values.map((value) => Math.exp(value - largest))
    const total = exponentials.reduce((sum, value) => sum + value, 0)
    pattern.set(
      exponentials.map((value) => value / total),
      row,
    )
  }
  return pattern
}

/** pattern [N, H, Q, S] times v [N, S, H, D] -> z [N, Q, H, D]. */
export function mixValues(
  pattern: Float64Array,
  v: Float64Array,
  { S, H, D, Q }: { S: number; H: number; D: number; Q: number },
): Float64Array {
  const z = new Float64Array((pattern.length / S) * D)
  for (let index = 0; index < pattern.length; index++) {
    const [key, query, head] = [index % S, Math.floor(index / S) % Q, Math.floor(index / (S * Q)) % H]
    const example = Math.floor(index / (S * Q * H))
    const from = ((example * S + key) * H + head) * D
    const to = ((example * Q + query) * H + head) * D
    for (let d = 0; d < D; d++) z[to + d]! += pattern[index]! * v[from + d]!
  }
  return z
}

/** z [N, Q, H, D] @ W_O [H, D, M], head by head -> [N, Q, H, M]. */
export function headResults(z: Float64Array, W_O: Numbers, { H, D }: { H: number; D: number }): Float64Array {
  const M = W_O.length / (H * D)
  const result = new Float64Array((z.length / D) * M)
  for (let index = 0; index < z.length; index++) {
    const to = Math.floor(index / D) * M
    const weights = (index % (H * D)) * M
    for (let m = 0; m < M; m++) result[to + m]! += z[index]! * W_O[weights + m]!
  }
  return result
}

/** result [N, Q, H, M] summed over the heads, plus bias [M] -> [N, Q, M]. */
export function sumOverHeads(result: Float64Array, heads: number, bias: Numbers): Float64Array {
  const M = bias.length
  const sum = Float64Array.from({ length: result.length / heads }, (_, index) => bias[index % M]!)
  for (let index = 0; index < result.length; index++)
    sum[Math.floor(index / (heads * M)) * M + (index % M)]! += result[index]!
  return sum
}
