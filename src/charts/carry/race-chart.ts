import type { Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import { cross, type Box, type Mark, type Target } from '../drawing/drawing'
import { decimalText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
import { markChart } from '../echarts/marks'
import { raceCells, raceOrder, type Race, type RaceCell } from './race-input'

/** The order in which digits are looked at, and who wins each of the 100 pairs, beside the border of the carry. */
export function raceChart(race: Race, display: Display): Chart<RaceCell> {
  const { unit } = penOf(display)
  const { width, height } = display
  const cells = raceCells(race)
  const narrow = width < 320 * unit
  const side = narrow
    ? Math.max(0, Math.min((height - 110 * unit) / 10.5, (width - 34 * unit) / 10.5))
    : Math.max(8 * unit, Math.min((height - 34 * unit) / 10, (width - 216 * unit) / 10, 40 * unit))
  const showsGrid = side >= 8 * unit
  const rung = Math.min(32 * unit, (narrow ? width - 4 * unit : width - 10 * side - 56 * unit) / 10)
  const beside = Math.min(width - 10 * side - 4 * unit, 10 * rung + 120 * unit)
  const grid: Box = {
    x: narrow ? 30 * unit : beside,
    y: narrow ? 78 * unit : 4 * unit,
    width: 10 * side,
    height: 10 * side,
  }
  const marks =
    cells.length === 0
      ? sentence(race, display)
      : [...ladder(race, rung, display), ...(showsGrid ? gridMarks(race, cells, grid, side, display) : [])]
  const whole: Target<RaceCell> = { x: 0, y: 0, width, height, datum: ofSum(race, cells) }
  const targets =
    showsGrid && cells.length > 0
      ? cells.map((datum): Target<RaceCell> => {
          return { x: grid.x + datum.b * side, y: grid.y + datum.a * side, width: side, height: side, datum }
        })
      : [whole]
  return markChart(display, marks, targets)
}

/** The pair of the sum on screen, else the first; no winner where the head cannot look at the column. */
function ofSum({ here }: Race, cells: readonly RaceCell[]): RaceCell {
  const [a, b] = [here?.a ?? 0, here?.b ?? 0]
  return cells[10 * a + b] ?? { a, b, winner: NaN, shareA: NaN, agrees: false }
}

function sentence({ head, query, column }: Race, display: Display): Mark[] {
  const { unit, text } = penOf(display)
  return [text(0, 12 * unit, `${head} at ${query} comes before column ${column} is complete.`)]
}

function ladder(race: Race, rung: number, display: Display): Mark[] {
  const { unit, solid, panel, ink, ink3, acc, ctl, text } = penOf(display)
  const { here, column } = race
  const order = raceOrder(race)
  const top = 22 * unit
  const high = 20 * unit
  const rungs = order.flatMap((digit, place): Mark[] => {
    const filled = digit >= 5
    const box = { x: place * rung + unit, y: top, width: rung - 2 * unit, height: high, radius: 3 * unit }
    return [
      { kind: 'rect', ...box, ...(filled ? { fill: solid } : { stroke: ctl, strokeWidth: unit }) },
      text(box.x + box.width / 2, top + high / 2, String(digit), {
        fill: filled ? panel : ink,
        weight: 650,
        font: 'mono',
        anchor: 'middle',
      }),
    ]
  })
  const said = text(0, 9 * unit, 'who wins the look, first to last', { fill: ink3 })
  if (!here) return [said, ...rungs]
  const rings = [
    { digit: here.a, name: `A${column}` },
    { digit: here.b, name: `B${column}` },
  ].flatMap(({ digit, name }, which): Mark[] => {
    const x = order.indexOf(digit) * rung
    const same = here.a === here.b
    const words = same ? `A${column}, B${column}` : `${name} = ${digit}`
    const look = { fill: acc, weight: 650, anchor: edgeAnchor(x, rung) }
    const box = { x, y: top - unit, width: rung, height: high + 2 * unit, radius: 4 * unit }
    return [
      { kind: 'rect', ...box, stroke: acc, strokeWidth: 2 * unit },
      ...(same && which === 1 ? [] : [text(x + rung / 2, top + high + 11 * unit, words, look)]),
    ]
  })
  return [said, ...rungs, ...rings, ...outcome(race, 72 * unit, display)]
}

/** Names at the ends stay inside. */
function edgeAnchor(x: number, rung: number): 'start' | 'middle' | 'end' {
  if (x < rung) return 'start'
  return x > 8.5 * rung ? 'end' : 'middle'
}

function outcome({ here, column, threshold, scoreA, scoreB }: Race, top: number, display: Display): Mark[] {
  const { unit, ink, bad, text } = penOf(display)
  const { width, height } = display
  if (!here || width < 320 * unit || height < top + 40 * unit) return []
  const winner = scoreA[here.a]! >= scoreB[here.b]! ? here.a : here.b
  const says = winner >= 5
  const right = says === here.a + here.b >= threshold
  const line = (index: number) => top + index * 15 * unit
  const verdict = `${winner} is ${says ? '5 or more' : 'below 5'}, so: ${threshold === 10 ? (says ? 'carry' : 'no carry') : says ? '9 or more' : 'below 9'} ${right ? '✓' : '✕'}`
  return [
    text(0, line(0), `${here.name} looks at A${column} = ${here.a}: ${decimalText(here.toA, 3)}`),
    text(0, line(1), `and at B${column} = ${here.b}: ${decimalText(here.toB, 3)}`),
    text(0, line(2), verdict, { weight: 650, fill: right ? ink : bad }),
    ...(height < top + 92 * unit ? [] : key(top + 52 * unit, threshold, display)),
  ]
}

function key(y: number, threshold: number, display: Display): Mark[] {
  const { unit, solid, ctl, acc, bad, text, rule } = penOf(display)
  const box = { y: y - 5 * unit, width: 10 * unit, height: 10 * unit, radius: 2 * unit }
  const [second, third, right, words] = [y + 15 * unit, y + 30 * unit, 96 * unit, 17 * unit]
  return [
    { kind: 'rect', ...box, x: unit, fill: solid },
    text(words, y, 'winner ≥ 5'),
    { kind: 'rect', ...box, x: right + unit, stroke: ctl, strokeWidth: unit },
    text(right + words, y, 'winner < 5'),
    rule([0, second], [12 * unit, second], acc, 2 * unit),
    text(words, second, `a + b = ${threshold}, the true border`),
    cross(6 * unit, third, 3 * unit, bad, 1.5 * unit),
    text(words, third, 'they disagree'),
  ]
}

function gridMarks(race: Race, cells: readonly RaceCell[], grid: Box, side: number, display: Display): Mark[] {
  const { unit, solid, line, acc, bad, badbg, text } = penOf(display)
  const { here, column, threshold } = race
  const place = (a: number, b: number) => ({ x: grid.x + b * side, y: grid.y + a * side })
  const box = (a: number, b: number) => ({ ...place(a, b), width: side - unit, height: side - unit, radius: 2 * unit })
  const name = (x: number, y: number, words: string) => text(x, y, words, { font: 'mono', anchor: 'middle' })
  const digits = Array.from({ length: 10 }, (_, digit) => digit)
  const border = digits.flatMap((a) => {
    // The first b at which the column adds up.
    const first = Math.min(10, Math.max(0, threshold - a))
    const next = Math.min(10, Math.max(0, threshold - a - 1))
    const [left, down] = [grid.x + first * side, grid.y + a * side]
    return [left, down, left, down + side, ...(a < 9 ? [grid.x + next * side, down + side] : [])]
  })
  return [
    ...cells.flatMap(({ a, b, winner, agrees }): Mark[] => [
      { kind: 'rect', ...box(a, b), fill: winner >= 5 ? solid : agrees ? line : badbg },
      ...(agrees ? [] : [cross(place(a, b).x + side / 2, place(a, b).y + side / 2, side / 4, bad, 1.5 * unit)]),
    ]),
    { kind: 'lines', paths: [border], stroke: acc, strokeWidth: 2 * unit },
    ...(here ? [{ kind: 'rect', ...box(here.a, here.b), stroke: acc, strokeWidth: 2.5 * unit } as const] : []),
    ...digits.flatMap((digit) => [
      name(grid.x - 8 * unit, place(digit, 0).y + side / 2, String(digit)),
      name(place(0, digit).x + side / 2, grid.y + grid.height + 8 * unit, String(digit)),
    ]),
    name(grid.x - 24 * unit, grid.y + grid.height / 2, `A${column}`),
    name(grid.x + grid.width / 2, grid.y + grid.height + 22 * unit, `B${column}`),
  ]
}
