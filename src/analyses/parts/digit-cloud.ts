import { realFourier } from '../../core/fourier'
import { matrix } from '../../core/matrix'
import { singularValues } from '../../core/singular-values'
import { logitCount } from './logit-map'
import type { StreamReader } from './stream-reader'

/** Two unit vectors of d_model entries, one after the other. */
export type Plane = Float64Array

/** The plane that the unembedding of the digits reads best: its first two left singular vectors. */
export function planeOf({ unembedding, outputs, normalized }: StreamReader): Plane {
  const rows = normalized.length
  const digits = Float64Array.from({ length: rows * logitCount }, (_, index) => {
    return unembedding[Math.floor(index / logitCount) * outputs + (index % logitCount)]!
  })
  const { leftVectors } = singularValues(matrix(rows, logitCount, digits))
  const component = (index: number) => leftVectors.data.filter((_, entry) => entry % leftVectors.columns === index)
  return Float64Array.of(...component(0), ...component(1))
}

/** Vectors in ten groups, one for each digit. What needs a digit that never occurred, or a spread that is 0, is NaN. */
export class DigitCloud {
  readonly #counts = new Float64Array(logitCount)
  /** [digit, d_model] */
  readonly #sums: Float64Array
  readonly #planeSquares = new Float64Array(logitCount)
  #squares = 0
  readonly #d: number

  constructor(private readonly plane: Plane) {
    this.#d = plane.length / 2
    this.#sums = new Float64Array(logitCount * this.#d)
  }

  /** Adds a vector, and returns where it lies in the plane. */
  add(x: Float64Array, digit: number): readonly [number, number] {
    const [d, sums, plane] = [this.#d, this.#sums, this.plane]
    let first = 0
    let second = 0
    let squares = 0
    for (let index = 0; index < d; index++) {
      const value = x[index]!
      sums[digit * d + index]! += value
      squares += value * value
      first += value * plane[index]!
      second += value * plane[d + index]!
    }
    this.#squares += squares
    this.#counts[digit]!++
    this.#planeSquares[digit]! += first * first + second * second
    return [first, second]
  }

  /** [digit, component] */
  centroid(): Float64Array {
    return this.#onPlane(this.#means())
  }

  /** Root mean square distance from the centroid, in the plane; [digit]. */
  spread(): Float64Array {
    const centroid = this.centroid()
    return Float64Array.from(this.#counts, (count, digit) => {
      const length = centroid[digit * 2]! ** 2 + centroid[digit * 2 + 1]! ** 2
      return Math.sqrt(Math.max(0, this.#planeSquares[digit]! / count - length))
    })
  }

  /** Share of the centroids' variance that lies in the plane. */
  variance(): number {
    const centred = this.#centredMeans()
    const squares = sumOfSquares(centred)
    return this.#isConstant(squares) ? NaN : sumOfSquares(this.#onPlane(centred)) / squares
  }

  /** Share of the vectors' variance that is between the digits. */
  within(): number {
    const total = this.#counts.reduce((sum, count) => sum + count, 0)
    const mean = new Float64Array(this.#d)
    this.#sums.forEach((sum, index) => (mean[index % this.#d]! += sum / total))
    const ofMean = total * sumOfSquares(mean)
    let between = -ofMean
    this.#counts.forEach((count, digit) => {
      if (count > 0) between += sumOfSquares(this.#sums.subarray(digit * this.#d, (digit + 1) * this.#d)) / count
    })
    const all = this.#squares - ofMean
    return this.#isConstant(all) ? NaN : between / all
  }

  /** Shares of the waves over the ten digits in the centroids' variance, by frequency. */
  power(): Float64Array {
    const centred = this.#centredMeans()
    const columns = Float64Array.from({ length: centred.length }, (_, index) => {
      return centred[(index % logitCount) * this.#d + Math.floor(index / logitCount)]!
    })
    const { magnitude, frequencies } = realFourier(columns, logitCount)
    const power = new Float64Array(frequencies)
    // A frequency between 0 and 5 stands for two of the ten.
    magnitude.forEach((size, index) => {
      const frequency = index % frequencies
      power[frequency]! += size ** 2 * (frequency === 0 || frequency === logitCount / 2 ? 1 : 2)
    })
    const total = power.reduce((sum, share) => sum + share, 0)
    return power.map((share) => (this.#isConstant(total) ? NaN : share / total))
  }

  #means(): Float64Array {
    const means = new Float64Array(this.#sums.length)
    for (let index = 0; index < means.length; index++)
      means[index] = this.#sums[index]! / this.#counts[Math.floor(index / this.#d)]!
    return means
  }

  #centredMeans(): Float64Array {
    const [d, means] = [this.#d, this.#means()]
    const mean = new Float64Array(d)
    for (let index = 0; index < means.length; index++) mean[index % d]! += means[index]! / logitCount
    for (let index = 0; index < means.length; index++) means[index]! -= mean[index % d]!
    return means
  }

  #onPlane(vectors: Float64Array): Float64Array {
    const rows = vectors.length / this.#d
    const placed = new Float64Array(rows * 2)
    for (let index = 0; index < placed.length; index++) {
      const [row, component] = [index >> 1, index & 1]
      let sum = 0
      for (let entry = 0; entry < this.#d; entry++)
        sum += vectors[row * this.#d + entry]! * this.plane[component * this.#d + entry]!
      placed[index] = sum
    }
    return placed
  }

  /** What rounding leaves of no variance at all. */
  #isConstant(squares: number): boolean {
    return !(squares > 1e-9 * this.#squares)
  }
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return sum
}
