import { counted } from '../../core/counted'
import { certaintyBins, placeOfLoss, type CertaintyBin, type ExampleScores } from './certainty'
import { drawing, type Box, type Drawing, type Mark } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { penOf } from '../drawing/pen'

/**
 * How sure the model is of each answer digit over many sums: one strip for each digit, with the number of sums at each
 * probability of the right digit. The axis is one of odds, which tells 0.99 from 0.999; the height is the square root of the
 * number, which shows a single sum. Outline: clean; solid: intervened, with the share that is answered wrongly in red.
 */
export interface CertaintyInput {
  readonly clean: ExampleScores
  readonly now: ExampleScores
  readonly intervened: boolean
  /** The answer digit that is named in the accent colour; null for none. */
  readonly focus: number | null
}

const ticks = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999]

export function certaintyDrawing(input: CertaintyInput, display: Display): Drawing<CertaintyBin> {
  const { unit, label, ink3, acc, line, ctl, text, rule } = penOf(display)
  const bins = certaintyBins(input.clean, input.now)
  const digits = input.now.exampleLoss.shape[1]!
  const perDigit = bins.length / digits
  const left = 28 * unit
  const [right, bottom] = [display.width - 6 * unit, display.height - 18 * unit]
  const strip = bottom / digits
  const most = Math.max(1, ...bins.flatMap(({ clean, now }) => [clean, now]))
  const width = (right - left) / perDigit
  const at = (place: number) => left + place * (right - left)
  const boxOf = ({ digit }: CertaintyBin, index: number, count: number) => {
    const height = count === 0 ? 0 : Math.max(Math.sqrt(count / most) * (strip - 8 * unit), 1.5 * unit)
    return { x: left + (index % perDigit) * width, y: (digit + 1) * strip - height, width, height }
  }
  const tickPlaces = ticks.map((tick) => ({ tick, x: at(placeOfLoss(-Math.log(tick))) }))
  const rules = tickPlaces.map(({ tick, x }) => rule([x, 0], [x, bottom], tick === 0.5 ? ctl : line))
  const tickNames = tickPlaces.map(({ tick, x }) =>
    text(x, display.height - 9 * unit, String(tick), { fill: ink3, anchor: 'middle' }),
  )
  const nameLook = { size: label + unit, font: 'mono', anchor: 'end' } as const
  const names = Array.from({ length: digits }, (_, digit): Mark[] => {
    const y = (digit + 1) * strip
    const look = { ...nameLook, ...(digit === input.focus && { fill: acc, weight: 700 }) }
    return [rule([left, y], [right, y], ctl), text(left - 8 * unit, y - 7 * unit, `C${digit}`, look)]
  }).flat()
  const bars = bins.flatMap((bin, index) =>
    barMarks(bin, (count) => boxOf(bin, index, count), input.intervened, display),
  )
  const targets = bins.flatMap((bin, index) => {
    if (bin.clean === 0 && bin.now === 0) return []
    const x = left + (index % perDigit) * width
    return [{ x, y: bin.digit * strip, width, height: strip, datum: bin }]
  })
  return drawing(display, [...rules, ...tickNames, ...bars, ...names], targets)
}

function barMarks(
  { clean, now, wrong }: CertaintyBin,
  boxOf: (count: number) => Box,
  intervened: boolean,
  display: Display,
): Mark[] {
  const { unit, solid, ink2, badfill } = penOf(display)
  const marks: Mark[] = []
  if (now > 0) {
    const box = boxOf(now)
    const width = Math.max(box.width - unit, unit)
    const failed = (box.height * wrong) / now
    marks.push({ kind: 'rect', ...box, width, height: box.height - failed, fill: intervened ? solid : ink2 })
    if (wrong > 0)
      marks.push({ kind: 'rect', ...box, width, y: box.y + box.height - failed, height: failed, fill: badfill })
  }
  if (intervened && clean > 0) {
    const { x, y, width, height } = boxOf(clean)
    const [end, bottom] = [x + width - unit, y + height]
    marks.push({ kind: 'lines', paths: [[x, bottom, x, y, end, y, end, bottom]], stroke: ink2, strokeWidth: unit })
  }
  return marks
}

export function certaintyNote({ digit, from, to, clean, now, wrong }: CertaintyBin, intervened: boolean): Note {
  return {
    subject: `C${digit}, right digit at ${probability(from)} to ${probability(to)}`,
    lines: [
      { label: 'clean', value: counted(clean, 'sum') },
      ...(intervened ? [{ label: 'intervened', value: counted(now, 'sum') }] : []),
      { label: 'wrong', value: counted(wrong, 'sum') },
    ],
    hook: 'softmax(logits)',
  }
}

function probability(value: number): string {
  return decimalText(value, value > 0.99 || value < 0.01 ? 4 : 2)
}
