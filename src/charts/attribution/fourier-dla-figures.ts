import type { ResultOf } from '../../analyses/registry'
import { listed } from '../../core/counted'
import { digitsOf } from '../../core/tokens'
import { arrowPlotDrawing, type Arrow } from '../kinds/arrow-plot'
import { headOfComponent, hookOfComponent } from './component'
import { logitClosure } from '../drawing/closure'
import { degrees, degreesText, turn } from '../kinds/digit-waves'
import { tokensOf, type Display } from '../drawing/display'
import { defineFigure, type AnswerTo, type AnyFigure, type ShownFigure } from '../figure'
import { decimalText } from '../drawing/number-text'
import type { Drawing } from '../drawing/drawing'
import { symmetricLimit } from '../drawing/palette'
import { smallMultiples } from '../drawing/small-multiples'
import { headColor } from '../drawing/tokens'
import { ofAttribution } from './attribution-definition'

/** The answer of one sum as angles. */
export const fourierDlaFigures: readonly AnyFigure[] = [
  defineFigure({
    id: 'fourier-dla',
    title: 'Logit attribution as arrows',
    analysis: 'fourier-dla',
    about: 'sum',
    intervened: true,
    cells: [30],
    definition: {
      formula:
        'frequency 1 over the ten digits of each part’s logit attribution; dashed: that of the right digit’s row of W_U.T @ W_U',
      hook: ofAttribution.hook,
      layerNorm: 'divided by ln_final.hook_scale of the same position',
      unit: 'logits',
      published:
        'The published figure leaves the biases out and shows the last layer’s heads alone, which do not add up.',
    },
    size: { width: 960, height: 260 },
    show: arrows,
  }),
]

interface PartArrow {
  readonly digit: string
  /** A part of the attribution, `prediction` or `right digit`. */
  readonly part: string
  /** NaN where only the direction means something. */
  readonly magnitude: number
  /** Radians. */
  readonly phase: number
}

/** The arrows of one answer digit. */
interface DigitArrows {
  /** `C1`. */
  readonly name: string
  /** The digit that is right there. */
  readonly truth: number | undefined
  readonly parts: readonly PartArrow[]
  readonly prediction: PartArrow
  readonly right: PartArrow
  /** How long the right digit's arrow is drawn, in logits. */
  readonly reach: number
  /** Degrees between prediction and right digit. */
  readonly off: number
}

function arrows({ result, params: { sum } }: AnswerTo<'fourier-dla'>): ShownFigure<PartArrow> {
  const names = result.predictionPhase.labels.digit ?? []
  const truth = digitsOf(sum.a + sum.b, names.length)
  const digits = names.map((name, digit) => arrowsAt(result, name, digit, truth[digit]))
  const multiples = digits.map((one) => ({
    name: one.name,
    remark: `right digit ${one.truth ?? ''}, off by ${decimalText(one.off, 0)}°`,
    draw: (display: Display) => digitDrawing(one, display),
  }))
  const lines = digits.flatMap(({ parts, prediction, right }) => [...parts, prediction, right])
  return {
    label: 'What each part adds to the ten digits, as an arrow for each answer digit, with prediction and right digit',
    finding: directionText(digits),
    closure: logitClosure(digits[0]?.parts ?? [], residualOf(result)),
    draw: (display) => smallMultiples(multiples, Math.max(digits.length, 1), display),
    table: {
      caption: 'Frequency 1 of each part of the logits',
      columns: ['digit', 'part', 'magnitude, logits', 'phase, degrees'],
      rows: lines.map(({ digit, part, magnitude, phase }) => [digit, part, magnitude, degrees(phase)]),
    },
    note: noteOf,
    subject: ({ part }) => (headOfComponent(part) ? { head: part } : {}),
  }
}

function arrowsAt(result: ResultOf<'fourier-dla'>, name: string, at: number, truth: number | undefined): DigitArrows {
  const [magnitude, phase] = [result.predictionMagnitude.data[at]!, result.predictionPhase.data[at]!]
  const rightPhase = result.correctPhase.data[at]!
  return {
    name,
    truth,
    parts: partsOf(result, name, at),
    prediction: { digit: name, part: 'prediction', magnitude, phase },
    right: { digit: name, part: 'right digit', magnitude: NaN, phase: rightPhase },
    reach: result.correctMagnitude.data[at]!,
    off: Math.abs(turn(rightPhase, phase)),
  }
}

function digitDrawing({ parts, prediction, right, reach }: DigitArrows, display: Display): Drawing<PartArrow> {
  const { ink, ink3, acc } = tokensOf(display)
  const magnitudes = [...parts, prediction].map(({ magnitude }) => magnitude)
  const limit = symmetricLimit(magnitudes, 2)
  const named = longest(parts)
  const shares = parts.map((datum): Arrow<PartArrow> => {
    const head = headOfComponent(datum.part)
    const color = head ? headColor(display.theme, head.layer, head.head) : ink3
    return { name: named.has(datum) && datum.magnitude > 0.08 * limit ? datum.part : '', ...datum, color, datum }
  })
  const aim = { name: 'right', ...right, magnitude: reach, color: acc, form: 'aim', datum: right } as const
  const total = { name: 'predicted', ...prediction, color: ink, form: 'bold', datum: prediction } as const
  return arrowPlotDrawing({ arrows: [aim, total, ...shares], limit, unit: 'logits' }, display)
}

/** So many parts are named at most: the others are told of by their notes. */
const mostNamed = 7

function longest(parts: readonly PartArrow[]): ReadonlySet<PartArrow> {
  return new Set(parts.toSorted((one, other) => other.magnitude - one.magnitude).slice(0, mostNamed))
}

/** How far the arrows, put together, end from the prediction's tip; the largest over the digits, in logits. */
function residualOf(result: ResultOf<'fourier-dla'>): number {
  const tips = (['sum', 'prediction'] as const).map((name) => {
    const [magnitude, phase] = [result[`${name}Magnitude`], result[`${name}Phase`]]
    return Array.from(magnitude.data, (length, digit) => ({ length, angle: phase.data[digit]! }))
  })
  const distances = tips[0]!.map((one, digit) => {
    const other = tips[1]![digit]!
    const along = (of: (angle: number) => number) => one.length * of(one.angle) - other.length * of(other.angle)
    return Math.hypot(along(Math.cos), along(Math.sin))
  })
  return Math.max(...distances)
}

/** As published: the heads of the last layer alone. */
function partsOf(result: ResultOf<'fourier-dla'>, digit: string, index: number): PartArrow[] {
  const [magnitude, phase] = [result.magnitude, result.phase]
  const [components, digits] = magnitude.shape as [number, number]
  const last = Math.max(...(magnitude.labels.component ?? []).map((part) => headOfComponent(part)?.layer ?? 0))
  return Array.from({ length: components }, (_, component) => ({
    digit,
    part: magnitude.labels.component![component]!,
    magnitude: magnitude.data[component * digits + index]!,
    phase: phase.data[component * digits + index]!,
  })).filter(({ part }) => result['definition'] !== 'notebook' || headOfComponent(part)?.layer === last)
}

function noteOf({ digit, part, magnitude, phase }: PartArrow) {
  const hook = hookOfComponent(part)
  return {
    subject: `${part} at ${digit}`,
    lines: [
      ...(Number.isNaN(magnitude) ? [] : [{ label: 'magnitude', value: `${decimalText(magnitude, 1)} logits` }]),
      { label: 'phase', value: degreesText(phase) },
    ],
    ...(hook !== null && { hook }),
  }
}

/** Half of the 36 degrees between neighbours: beyond it another digit is nearer. */
const nearEnough = 18

/** Whether each prediction points at the right digit, and by how much it misses where it does not. */
function directionText(digits: readonly DigitArrows[]): string {
  const missed = digits.flatMap(({ name, off }) => (off > nearEnough ? [`${name} (by ${decimalText(off, 0)}°)`] : []))
  if (missed.length > 0)
    return `The prediction points away from the right digit at ${listed(missed)}; digits are 36° apart on average.`
  const most = Math.max(...digits.map(({ off }) => off))
  return `The prediction points at the right digit everywhere, at most ${decimalText(most, 0)}° aside; digits are 36° apart on average.`
}
