import { degreesOf, lengthOf, type ClockArrow, type ClockChain } from './clock-chain'
import type { ClockInput } from './clock-input'
import { clockTexts } from './clock-texts'
import { clockLabels, type Stroke } from './clock-labels'
import { onPicture, type ClockFit } from './clock-fit'
import { headOfComponent, hookOfComponent } from './component'
import { decisionSectors } from './decision-sectors'
import { drawing, type Drawing, type Mark, type Target } from '../drawing/drawing'
import type { Display } from '../drawing/display'
import { decimalText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
import type { Note } from '../drawing/note'
import type { Point } from './readout-plane'
import type { Table } from '../drawing/table'
import { headColor } from '../drawing/tokens'

export interface ClockDatum {
  readonly run: 'clean' | 'intervened'
  readonly arrow: ClockArrow
}

export function clockDrawing(input: ClockInput, fit: ClockFit, display: Display): Drawing<ClockDatum> {
  const { clean, now, intervened } = input
  const shown = [...(intervened ? [now] : []), clean]
  const marks = [
    ...face(input, fit, display),
    ...(intervened ? chainMarks(clean.chain, 'clean', fit, display) : []),
    ...chainMarks(now.chain, intervened ? 'intervened' : 'only', fit, display),
    ...ringDigits(input, fit, display),
    ...names(input, fit, display),
    ...clockTexts(input, display),
  ]
  const targets = shown.toReversed().flatMap((run) =>
    run.chain.arrows.map((arrow): Target<ClockDatum> => {
      const [from, to] = [onPicture(arrow.from, fit), onPicture(arrow.to, fit)]
      const box = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y) }
      const size = { width: Math.abs(to.x - from.x), height: Math.abs(to.y - from.y) }
      const stroke = [from.x, from.y, to.x, to.y] as const
      return { ...box, ...size, stroke, datum: { run: run === clean ? 'clean' : 'intervened', arrow } }
    }),
  )
  return drawing(display, marks, targets)
}

function face({ now, truth, plane }: ClockInput, fit: ClockFit, display: Display): Mark[] {
  const { unit, line, accbg, badbg } = penOf(display)
  const sectors = decisionSectors(plane.digits)
  const tinted = sectors.flatMap(({ digit, from, to }): Mark[] => {
    const fill = digit === truth ? accbg : digit === now.answer ? badbg : null
    return fill === null ? [] : [{ kind: 'sector', x: fit.x, y: fit.y, radius: fit.radius, from, to, fill }]
  })
  const rays = sectors.map(({ from }) => {
    const { x, y } = rim(from, fit, 0)
    return [fit.x, fit.y, x, y]
  })
  return [
    ...tinted,
    { kind: 'lines', paths: rays, stroke: line, strokeWidth: unit },
    { kind: 'circle', x: fit.x, y: fit.y, radius: fit.radius, stroke: line, strokeWidth: unit },
  ]
}

/** Around the ring, over the arrows, which may come by. */
function ringDigits({ now, truth, plane }: ClockInput, fit: ClockFit, display: Display): Mark[] {
  const { unit, strong: size, ink2, panel: halo, badfill, onbad, text } = penOf(display)
  const look = { size, anchor: 'middle' } as const
  return plane.digits.flatMap((direction, digit): Mark[] => {
    const { x, y } = digitPlace(direction, fit, unit)
    const name = String(digit)
    const disc = { kind: 'circle' as const, x, y, radius: discRadius * unit }
    if (digit === truth)
      return [{ ...disc, stroke: ink2, strokeWidth: 1.5 * unit }, text(x, y, name, { ...look, weight: 650 })]
    if (digit === now.answer)
      return [{ ...disc, fill: badfill }, text(x, y, name, { ...look, fill: onbad, weight: 650 })]
    return [text(x, y, name, { ...look, weight: 400, halo })]
  })
}

/** Of the ring or disc around a digit that is marked. */
const discRadius = 10.5

/** Where a digit stands, outside the circle in the direction that it is read from. */
function digitPlace(direction: Point, fit: ClockFit, unit: number): Point {
  return rim(Math.atan2(direction.y, direction.x), fit, 13 * unit)
}

/** A point of the circle at an angle, or so far beyond it. */
function rim(angle: number, fit: ClockFit, beyond: number): Point {
  const distance = fit.radius + beyond
  return { x: fit.x + distance * Math.cos(angle), y: fit.y - distance * Math.sin(angle) }
}

/** `only`: nothing is intervened on; the clean chain is then drawn as clearly as the intervened one would be. */
type Style = 'clean' | 'intervened' | 'only'

function chainMarks({ arrows, end }: ClockChain, style: Style, fit: ClockFit, display: Display): Mark[] {
  if (Number.isNaN(end.x + end.y)) return []
  const { unit, ink, panel, rule } = penOf(display)
  const hollow = style !== 'intervened'
  const width = (style === 'clean' ? 1.2 : style === 'only' ? 1.6 : 2.6) * unit
  const dash = style === 'clean' ? { dash: [4 * unit, 3 * unit] } : {}
  const [start, stop] = [onPicture({ x: 0, y: 0 }, fit), onPicture(end, fit)]
  const total: Mark = { ...rule([start.x, start.y], [stop.x, stop.y], ink, width), ...dash }
  const tip: Mark = hollow
    ? { kind: 'circle', ...stop, radius: 5 * unit, fill: panel, stroke: ink, strokeWidth: 2 * unit }
    : { kind: 'circle', ...stop, radius: 5 * unit, fill: ink }
  const steps = arrows.flatMap((arrow) => arrowMarks(arrow, { hollow, width, dash }, fit, display))
  return [...steps, total, { kind: 'circle', ...start, radius: 2.5 * unit, fill: ink }, tip]
}

function arrowMarks(
  arrow: ClockArrow,
  { hollow, width, dash }: { hollow: boolean; width: number; dash: { dash?: number[] } },
  fit: ClockFit,
  display: Display,
): Mark[] {
  const [from, to] = [onPicture(arrow.from, fit), onPicture(arrow.to, fit)]
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  const { unit, panel, rule } = penOf(display)
  if (!(length > 0.5)) return []
  const stroke = componentColor(arrow.component, display)
  const head = Math.min(8 * unit, length * 0.7)
  const along = { x: ((to.x - from.x) / length) * head, y: ((to.y - from.y) / length) * head }
  const base = { x: to.x - along.x, y: to.y - along.y }
  const side = { x: -along.y * 0.45, y: along.x * 0.45 }
  const corners = [to.x, to.y, base.x + side.x, base.y + side.y, base.x - side.x, base.y - side.y]
  const fill = hollow ? panel : stroke
  return [
    { ...rule([from.x, from.y], [base.x, base.y], stroke, width), ...dash },
    { kind: 'lines', paths: [corners], closed: true, fill, stroke, strokeWidth: unit },
  ]
}

function names({ clean, now, truth, plane }: ClockInput, fit: ClockFit, display: Display): Mark[] {
  const { unit, panel: halo, text } = penOf(display)
  const origin = { x: 0, y: 0 }
  const strokes = [now.chain, clean.chain].flatMap(({ arrows, end }) =>
    [...arrows, { from: origin, to: end }].map(({ from, to }): Stroke => [onPicture(from, fit), onPicture(to, fit)]),
  )
  const digits = plane.digits.map((direction, digit) => {
    const marked = digit === truth || digit === now.answer
    return { ...digitPlace(direction, fit, unit), radius: (marked ? discRadius : 8) * unit }
  })
  const ends = [now.chain.end, clean.chain.end].map((end) => ({ ...onPicture(end, fit), radius: 8 * unit }))
  const discs = [...ends, ...digits]
  const look = { font: 'mono', weight: 700, anchor: 'middle', halo } as const
  return clockLabels(now.chain, { strokes, discs }, fit, display).map(({ component, x, y }) =>
    text(x, y, component, { ...look, fill: componentColor(component, display) }),
  )
}

function componentColor(component: string, display: Display): string {
  const head = headOfComponent(component)
  return head ? headColor(display.theme, head.layer, head.head) : penOf(display).ink3
}

export function clockNote({ run, arrow }: ClockDatum): Note {
  const step: Point = { x: arrow.to.x - arrow.from.x, y: arrow.to.y - arrow.from.y }
  const lines = [
    { label: run, value: `${degreesOf(step)}°, length ${decimalText(lengthOf(arrow), 2)}` },
    { label: 'chain ends', value: `${degreesOf(arrow.to)}°, ${decimalText(Math.hypot(arrow.to.x, arrow.to.y), 2)}` },
  ]
  const hook = hookOfComponent(arrow.component)
  return hook === null ? { subject: arrow.component, lines } : { subject: arrow.component, lines, hook }
}

export function clockTable({ clean, now, intervened }: ClockInput, focus: number): Table {
  const shown = intervened ? 4 : 2
  const rows = clean.chain.arrows.map((arrow, index) => {
    const other = now.chain.arrows[index]!
    const step = ({ from, to }: ClockArrow) => [to.x - from.x, to.y - from.y]
    return [arrow.component, ...[...step(arrow), ...step(other)].slice(0, shown)]
  })
  const tips = [clean.chain.end.x, clean.chain.end.y, now.chain.end.x, now.chain.end.y]
  return {
    caption: `Parts of the answer at C${focus} on W_U's two main directions`,
    columns: ['component', ...['clean 1', 'clean 2', 'intervened 1', 'intervened 2'].slice(0, shown)],
    rows: [...rows, ['sum', ...tips.slice(0, shown)]],
  }
}
