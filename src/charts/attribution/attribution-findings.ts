import { listed } from '../../core/counted'
import type { Tensor } from '../../core/tensor'
import { decimalText, percentText, signedText } from '../drawing/number-text'
import { headOfComponent } from './component'

type PerPart = Tensor<readonly ['component', 'digit']>

/** How much of the right digit's logit the last layer's heads add, and which part adds the most. */
export function summaryFinding(mean: PerPart): string {
  const components = mean.labels.component ?? []
  const digits = mean.labels.digit ?? []
  const last = Math.max(...components.map((name) => headOfComponent(name)?.layer ?? 0))
  const of = (row: number, digit: number) => mean.data[row * digits.length + digit]!
  const shares = digits.map((_, digit) => {
    const all = components.reduce((sum, __, row) => sum + of(row, digit), 0)
    const heads = components.reduce(
      (sum, name, row) => sum + (headOfComponent(name)?.layer === last ? of(row, digit) : 0),
      0,
    )
    return heads / all
  })
  const most = digits.map((digit, at) => {
    const added = components.map((_, row) => of(row, at))
    const row = added.indexOf(Math.max(...added))
    return row < 0 ? `none yet at ${digit}` : `${components[row]} (${signedText(added[row]!, 1)}) at ${digit}`
  })
  const share = shares.map((value, at) => `${percentText(value)} % at ${digits[at]}`)
  return `The heads of layer ${last} add ${listed(share)} of the right digit’s mean logit. Most comes from ${listed(most)}.`
}

type PerSum = Tensor<readonly ['component', 'digit', 'example']>

/** Paths that add less than this share of the longest are left out: the direction of next to nothing says nothing. */
const longEnough = 0.2

/** Which path turns every sum's answer the same way, and which is turned with it. */
export function steadiestFinding({ magnitude, phase }: { magnitude: PerSum; phase: PerSum }, focus: number): string {
  const [components, digits, examples] = magnitude.shape as [number, number, number]
  const paths = Array.from({ length: components }, (_, component) => {
    const start = (component * digits + focus) * examples
    const lengths = Array.from(magnitude.data.subarray(start, start + examples))
    const angles = Array.from(phase.data.subarray(start, start + examples))
    const along = (of: (angle: number) => number) => angles.reduce((sum, angle) => sum + of(angle), 0) / examples
    const [x, y] = [along(Math.cos), along(Math.sin)]
    return {
      name: magnitude.labels.component?.[component] ?? '',
      length: lengths.reduce((sum, length) => sum + length, 0) / examples,
      degrees: (Math.atan2(y, x) * 180) / Math.PI,
      steadiness: Math.hypot(x, y),
    }
  }).filter(({ steadiness }) => !Number.isNaN(steadiness))
  const longest = Math.max(...paths.map(({ length }) => length))
  // What biases add is the same for every sum by itself.
  const long = paths.filter(({ name, length }) => length >= longEnough * longest && !/^b_|^biases/.test(name))
  if (long.length === 0) return `At C${focus} no path turns the answer.`
  const steady = long.reduce((best, path) => (path.steadiness > best.steadiness ? path : best))
  const loose = long.reduce((best, path) => (path.steadiness < best.steadiness ? path : best))
  return (
    `At C${focus}, of the long paths ${steady.name} points the same way the most, along ${decimalText(steady.degrees, 0)}° ` +
    `(steadiness ${decimalText(steady.steadiness, 2)} of 1), ${loose.name} the least (${decimalText(loose.steadiness, 2)}).`
  )
}
