import { chart, type Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Mark, Target } from '../drawing/drawing'
import { percentText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
import { markSeries } from '../echarts/marks'
import { circleCloud } from './circle-cloud'
import { circleHere, circleLegend, type Disc } from './circle-here'
import type { CircleDatum, CircleInput, CircleStage } from './circle-input'

/** The stream after each layer in W_U's plane: early stages small at the left, the last one large, each in its own scale. */
export function circleChart(input: CircleInput, display: Display): Chart<CircleDatum> {
  const placed = input.stages.flatMap((stage, index) => {
    const disc = discOf(index, input.stages.length, display)
    return disc ? [{ stage, disc, scale: (0.92 * disc.radius) / stage.reach }] : []
  })
  const marksOf = (draw: (stage: CircleStage, disc: Disc, scale: number) => readonly Mark[]) =>
    placed.flatMap(({ stage, disc, scale }) => draw(stage, disc, scale))
  const targets = placed.flatMap(({ stage, disc, scale }) => targetsOf(input, stage, disc, scale, display))
  const points = marksOf((stage, disc, scale) => circleCloud(input, stage, disc, scale, display))
  const over = marksOf((stage, disc, scale) => [
    ...words(input, stage, disc, scale, display),
    ...circleHere(stage, disc, scale, display),
  ])
  return chart(display, targets, { series: [markSeries('points', points, null), markSeries('words', over, null)] })
}

/** Null where a narrow place has room for the last stage alone. */
function discOf(stage: number, stages: number, display: Display): Disc | null {
  const { unit } = penOf(display)
  const { width, height } = display
  const last = stage === stages - 1
  if (!hasRoom(display)) {
    // Its name has the corner that a circle leaves.
    const radius = Math.max(20 * unit, Math.min((height - 46 * unit) / 2, width / 2 - 4 * unit))
    return last ? { x: width / 2, y: 8 * unit + radius, radius, large: true } : null
  }
  const rows = Math.max(stages - 1, 1)
  const most = height - 16 * unit
  const small = Math.max(12 * unit, Math.min(most / rows / 2 - 6 * unit, width * 0.11, 90 * unit))
  const left = 2 * small + 92 * unit
  const room = width - left
  const radius = Math.max(20 * unit, Math.min((height - 34 * unit) / 2, room / 2 - 6 * unit))
  const middle = 16 * unit + radius
  if (last) return { x: left + Math.min(room / 2, radius + 24 * unit), y: middle, radius, large: true }
  // In a high place they stay beside the last one, which is then no higher than it is wide.
  const span = Math.min(most, Math.max(2 * radius, 2 * rows * (small + 12 * unit)))
  const top = Math.max(0, Math.min(middle - span / 2, most - span))
  return { x: small + 2 * unit, y: top + ((stage + 0.5) * span) / rows, radius: small, large: false }
}

function words(
  { byCarry, names }: CircleInput,
  stage: CircleStage,
  disc: Disc,
  scale: number,
  display: Display,
): Mark[] {
  const { unit, ink, acc, text } = penOf(display)
  const { x, y, radius, large } = disc
  const share = (value: number) =>
    Number.isNaN(value) ? '–' : `${percentText(Math.round(value * 100) / 100).replace('.0', '')} %`
  const plane = `plane: ${share(stage.variance)}`
  const frequency = `freq. 1: ${share(stage.frequency1)}`
  if (!large) {
    const left = x + radius + 8 * unit
    return [
      text(left, y - 14 * unit, stage.name, { weight: 650, fill: ink }),
      text(left, y, plane),
      text(left, y + 14 * unit, frequency),
    ]
  }
  const right = Math.min(display.width - 2 * unit, x + radius + 60 * unit)
  // Where it stands alone, its words stand below each other: beside each other they would meet.
  const alone = !hasRoom(display)
  const below = y + radius + 10 * unit
  const [legend, figures] = alone ? [below + 4 * unit, below + 20 * unit] : [below, below]
  return [
    text(right, alone ? 8 * unit : y - radius - 8 * unit, stage.name, { weight: 650, fill: ink, anchor: 'end' }),
    text(alone ? 0 : right, figures, `${plane} · ${frequency}`, { anchor: alone ? 'start' : 'end' }),
    ...(byCarry ? [] : digitNames(stage, disc, scale, display)),
    ...(Number.isNaN(stage.clean[0]) ? [] : [text(0, legend, circleLegend(names), { fill: acc })]),
  ]
}

/** The digits, each where its points are, a little towards the middle. */
function digitNames({ centroid }: CircleStage, { x, y, radius }: Disc, scale: number, display: Display): Mark[] {
  const { strong: size, ink, panel, text } = penOf(display)
  const look = { size, weight: 650, fill: ink, anchor: 'middle', halo: panel } as const
  return Array.from({ length: 10 }, (_, digit): Mark[] => {
    const [cx, cy] = [centroid[2 * digit]!, centroid[2 * digit + 1]!]
    const length = Math.hypot(cx, cy)
    if (Number.isNaN(length) || length === 0) return []
    const out = Math.max(0.72 * length * scale, 0.3 * radius)
    return [text(x + (cx / length) * out, y - (cy / length) * out, String(digit), look)]
  }).flat()
}

/** Whether the early stages stand beside the last one, and the legend beside its figures. */
function hasRoom(display: Display): boolean {
  return display.width >= 380 * penOf(display).unit
}

function targetsOf(
  { answer, names }: CircleInput,
  stage: CircleStage,
  { x, y }: Disc,
  scale: number,
  display: Display,
): Target<CircleDatum>[] {
  const reach = 10 * penOf(display).unit
  const target = (of: string, left: number, up: number, n: number): Target<CircleDatum>[] => {
    if (Number.isNaN(left)) return []
    const corner = { x: x + left * scale - reach, y: y - up * scale - reach }
    return [{ ...corner, width: 2 * reach, height: 2 * reach, datum: { stage: stage.name, of, x: left, y: up, n } }]
  }
  const counts = Array.from({ length: 10 }, () => 0)
  for (let example = 0; example < answer.length; example++) counts[answer[example]!]!++
  return [
    ...counts.flatMap((n, digit) =>
      target(String(digit), stage.centroid[2 * digit]!, stage.centroid[2 * digit + 1]!, n),
    ),
    ...target(`this sum, ${names.clean}`, ...stage.clean, 1),
    ...(names.now === names.clean ? [] : target(`this sum, ${names.now}`, ...stage.now, 1)),
  ]
}
