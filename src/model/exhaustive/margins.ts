import { operandLimit, type TaskLayout } from '../../core/task-layout'

/** A sum, its digit of smallest margin (0 the most significant), that margin in logits, and the output that comes next there. */
export interface WeakSum {
  readonly a: number
  readonly b: number
  readonly digit: number
  readonly margin: number
  /** A token id; 10 is +, 11 is =. */
  readonly runnerUp: number
}

/** A labelled tensor [prefixA, prefixB] over the leading digits of a and of b, as in JSON; -Infinity and "no sums" are null there. */
export interface PrefixTensor {
  readonly dims: readonly ['prefixA', 'prefixB']
  readonly shape: readonly [number, number]
  readonly data: readonly number[]
  readonly labels: Readonly<Record<'prefixA' | 'prefixB', readonly string[]>>
  readonly unit: string
}

/** How the smallest margin of every sum is spread. */
export interface Margins {
  /** Counts in 160 bins of 0.25 logits from -10; the end bins take the rest. */
  readonly marginHistogram: readonly number[]
  readonly byPrefix: Readonly<Record<'n' | 'wrong' | 'marginMin', PrefixTensor>>
  /** Up to 1000, ascending. */
  readonly weakest: readonly WeakSum[]
}

const listedWeakest = 1000
export const histogramBins = 160
const [lowestBin, binWidth] = [-10, 0.25]
/** More rows and columns than this are no map. */
const mostPrefixes = 60

/** How many prefixes an operand has: by its two leading digits where it begins with 0 to 4 (50), else by its first. */
function prefixCount(layout: TaskLayout): number {
  const firsts = layout.largestFirstDigit + 1
  return layout.operandDigits > 1 && 10 * firsts <= mostPrefixes ? 10 * firsts : firsts
}

/** The bin of a margin. */
export function binOf(margin: number): number {
  return Math.max(0, Math.min(histogramBins - 1, Math.floor((margin - lowestBin) / binWidth)))
}

/** The lower median by linear interpolation in its bin, so to 0.25 logits at worst; NaN of nothing. */
export function medianOf(histogram: readonly number[]): number {
  const half = total(histogram) / 2
  let before = 0
  for (const [bin, count] of histogram.entries()) {
    if (count > 0 && before + count >= half) return lowestBin + binWidth * (bin + (half - before) / count)
    before += count
  }
  return NaN
}

/** Collects margins sum by sum. */
export class MarginCollector {
  readonly #prefixes: number
  readonly #place: number
  readonly #n: Float64Array
  readonly #wrong: Float64Array
  readonly #least: Float64Array
  #weakest: WeakSum[] = []
  /** The last of them, once there are too many, and its margin. */
  #last: WeakSum | undefined
  #limit = Infinity

  constructor(layout: TaskLayout) {
    this.#prefixes = prefixCount(layout)
    this.#place = operandLimit(layout) / this.#prefixes
    const cells = this.#prefixes ** 2
    this.#n = new Float64Array(cells)
    this.#wrong = new Float64Array(cells)
    this.#least = new Float64Array(cells).fill(Infinity)
  }

  add(a: number, b: number, margin: number): void {
    const cell = Math.floor(a / this.#place) * this.#prefixes + Math.floor(b / this.#place)
    this.#n[cell]!++
    if (margin <= 0) this.#wrong[cell]!++
    if (margin < this.#least[cell]!) this.#least[cell] = margin
  }

  /** Whether a sum of this margin may be among the weakest: then `list` it. */
  isListed(margin: number): boolean {
    return margin <= this.#limit
  }

  list(sum: WeakSum): void {
    if (this.#last && inOrder(sum, this.#last) > 0) return
    this.#weakest.push(sum)
    if (this.#weakest.length < 2 * listedWeakest) return
    this.#weakest = weakestOf(this.#weakest)
    this.#last = this.#weakest.at(-1)!
    this.#limit = this.#last.margin
  }

  margins(): Omit<Margins, 'marginHistogram'> {
    return {
      byPrefix: {
        n: prefixTensor([...this.#n], 'sums'),
        wrong: prefixTensor([...this.#wrong], 'sums'),
        marginMin: prefixTensor(
          Array.from(this.#least, (margin, cell) => (this.#n[cell] === 0 ? NaN : margin)),
          'logits',
        ),
      },
      weakest: weakestOf(this.#weakest),
    }
  }
}

/** Those of several disjoint sets of sums together. */
export function mergeMargins(parts: readonly Margins[]): Margins {
  const added = (read: (part: Margins) => readonly number[]) =>
    read(parts[0]!).map((_, index) => total(parts.map((part) => read(part)[index]!)))
  const n = added(({ byPrefix }) => byPrefix.n.data)
  const least = n.map((count, cell) => {
    const here = parts.filter(({ byPrefix }) => byPrefix.n.data[cell]! > 0)
    return count === 0 ? NaN : Math.min(...here.map(({ byPrefix }) => byPrefix.marginMin.data[cell]!))
  })
  return {
    marginHistogram: added(({ marginHistogram }) => marginHistogram),
    byPrefix: {
      n: prefixTensor(n, 'sums'),
      wrong: prefixTensor(
        added(({ byPrefix }) => byPrefix.wrong.data),
        'sums',
      ),
      marginMin: prefixTensor(least, 'logits'),
    },
    weakest: weakestOf(parts.flatMap(({ weakest }) => weakest)),
  }
}

function weakestOf(sums: readonly WeakSum[]): WeakSum[] {
  return sums.toSorted(inOrder).slice(0, listedWeakest)
}

/** By margin, and by a and b where it is the same. */
function inOrder(one: WeakSum, other: WeakSum): number {
  return compare(one.margin, other.margin) || one.a - other.a || one.b - other.b
}

/** -Infinity less itself is no number. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other
}

function prefixTensor(data: readonly number[], unit: string): PrefixTensor {
  const side = Math.round(Math.sqrt(data.length))
  const digits = String(side - 1).length
  const labels = Array.from({ length: side }, (_, prefix) => String(prefix).padStart(digits, '0'))
  return {
    dims: ['prefixA', 'prefixB'],
    shape: [side, side],
    data,
    labels: { prefixA: labels, prefixB: labels },
    unit,
  }
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
