import { equalsPosition, plusPosition, positionLabels } from '../core/positions'
import type { CarryAttentionDatum } from './carry-attention'
import type { Mark } from './drawing'
import { metrics, tokensOf, type Display } from './display'
import { decimalText } from './number-text'
import type { Point } from './readout-plane'

/** One head's plot: attention from 0 to 1 upwards, keys to the right. */
export interface Plot {
  readonly head: string
  /** How many keys there are to look at. */
  readonly keys: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Where a value stands, clipped to 0..1. */
function heightOf(value: number, { y, height }: Plot): number {
  return y + (1 - Math.min(Math.max(value, 0), 1)) * height
}

/** The middle of a mean's symbol: a little to the left of its key without a carry, to the right with one. */
export function pointAt(
  { group, key, mean }: CarryAttentionDatum,
  plot: Plot,
  numDigits: number,
  display: Display,
): Point {
  const step = plot.width / plot.keys
  const aside = (group === 'carry' ? 3 : -3) * metrics(display).unit
  return { x: plot.x + (positionLabels(numDigits).indexOf(key) + 0.5) * step + aside, y: heightOf(mean, plot) }
}

/**
 * A mean with its spread: ▲ for sums with a carry, ○ for those without, on a line from mean - sd to mean + sd. The groups
 * differ by shape, never by fill: fill says clean or intervened elsewhere.
 */
export function errorMarks(
  { group, mean, std }: CarryAttentionDatum,
  { x, y }: Point,
  plot: Plot,
  display: Display,
): Mark[] {
  const { unit } = metrics(display)
  const { ink, ink2, panel } = tokensOf(display)
  const color = group === 'carry' ? ink : ink2
  const reach = 4 * unit
  const spread = Number.isNaN(std) ? 0 : std
  const ends = [heightOf(mean - spread, plot), heightOf(mean + spread, plot)]
  const triangle = [x, y - reach, x + reach, y + reach, x - reach, y + reach]
  return [
    { kind: 'lines', paths: [[x, ends[0]!, x, ends[1]!]], stroke: color, strokeWidth: 1.5 * unit },
    group === 'carry'
      ? { kind: 'lines', paths: [triangle], closed: true, fill: ink }
      : { kind: 'circle', x, y, radius: reach - 0.5 * unit, fill: panel, stroke: color, strokeWidth: 1.5 * unit },
  ]
}

/** The head's name, three rules with their figures, and the keys as indices over brackets of A, B and C. */
export function plotAxes(plot: Plot, numDigits: number, display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  const { ink, ink3, ctl, line } = tokensOf(display)
  const { head, x, y, width, height } = plot
  const rules = [0, 0.5, 1].map((value): readonly [number, number] => [value, heightOf(value, plot)])
  return [
    {
      kind: 'text',
      x: x - 4 * unit,
      y: y - 9 * unit,
      text: head,
      size: size + unit,
      fill: ink,
      font: 'mono',
      weight: 650,
    },
    { kind: 'lines', paths: rules.map(([, at]) => [x, at, x + width, at]), stroke: line, strokeWidth: unit },
    { kind: 'lines', paths: [[x, y, x, y + height]], stroke: ctl, strokeWidth: unit },
    { kind: 'lines', paths: rules.map(([, at]) => [x - 4 * unit, at, x, at]), stroke: ctl, strokeWidth: unit },
    ...rules.map(([value, at]): Mark => {
      const text = decimalText(value, value === 0.5 ? 1 : 0)
      return { kind: 'text', x: x - 8 * unit, y: at, text, size, fill: ink3, anchor: 'end' }
    }),
    ...keyMarks(plot, numDigits, display),
  ]
}

/** `0 1 2 3 + 0 1 2 3 = 0` and the letters below: fourteen whole names do not fit under a plot. */
function keyMarks({ x, y, width, height, keys }: Plot, numDigits: number, display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  const { ctl, ink2 } = tokensOf(display)
  const step = width / keys
  const text = (content: string, key: number, below: number): Mark => {
    const place = { x: x + key * step, y: y + height + below * unit, anchor: 'middle' as const }
    return { kind: 'text', text: content, size, fill: ink2, font: 'mono', ...place }
  }
  const groups = [
    { letter: 'A', start: 0, end: plusPosition(numDigits) },
    { letter: 'B', start: plusPosition(numDigits) + 1, end: equalsPosition(numDigits) },
    { letter: 'C', start: equalsPosition(numDigits) + 1, end: keys },
  ].filter(({ start, end }) => end > start)
  const rule = y + height + 17 * unit
  return [
    ...positionLabels(numDigits)
      .slice(0, keys)
      .map((name, key) => text(name.slice(-1), key + 0.5, 9)),
    {
      kind: 'lines',
      paths: groups.map(({ start, end }) => [x + (start + 0.1) * step, rule, x + (end - 0.1) * step, rule]),
      stroke: ctl,
      strokeWidth: unit,
    },
    ...groups.map(({ letter, start, end }) => text(letter, (start + end) / 2, 24)),
  ]
}
