import type { ResultOf } from '../../analyses/registry'
import { positionGroups } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import type { Chart } from '../drawing/chart'
import type { Display } from '../drawing/display'
import type { Mark, Target } from '../drawing/drawing'
import { hatching } from '../drawing/hatching'
import { decimalText } from '../drawing/number-text'
import { unitColor, unitStops } from '../drawing/palette'
import { penOf } from '../drawing/pen'
import { markChart } from '../echarts/marks'

/** One probe: what it tells, where it reads, and how often it is right. */
export interface ProbeCell {
  readonly hook: string
  /** `after layer 0`. */
  readonly stage: string
  /** `B3`. */
  readonly position: string
  /** `carryIn:C1`. */
  readonly target: string
  readonly accuracy: number
  /** Share of the commonest label: chance. */
  readonly majority: number
}

export interface ProbeMap {
  readonly stages: readonly { readonly hook: string; readonly name: string }[]
  readonly positions: readonly string[]
  readonly targets: readonly string[]
  /** By stage, target and position. */
  readonly cells: readonly ProbeCell[]
  readonly layout: TaskLayout
}

/** The map of the targets whose names `shown` takes. */
export function probeMapOf(
  { accuracy, majority }: ResultOf<'probe-map'>,
  layout: TaskLayout,
  shown: (target: string) => boolean,
): ProbeMap {
  const [, positions, targets] = accuracy.shape as [number, number, number]
  const names = accuracy.labels.target!
  const stages = accuracy.labels.hook!.map((hook, stage) => {
    return { hook, name: stage === 0 ? 'embeddings' : `after layer ${stage - 1}` }
  })
  const rows = names.flatMap((target, index) => (shown(target) ? [index] : []))
  const cells = stages.flatMap(({ hook, name }, stage) =>
    rows.flatMap((target) =>
      accuracy.labels.position!.map((position, column): ProbeCell => {
        const probe = { hook, stage: name, position, target: names[target]!, majority: majority.data[target]! }
        return { ...probe, accuracy: accuracy.data[(stage * positions + column) * targets + target]! }
      }),
    ),
  )
  return { stages, positions: accuracy.labels.position!, targets: rows.map((row) => names[row]!), cells, layout }
}

/** `carryIn:C1` as it is read: `carry into C1`. */
export function targetText(target: string): string {
  const [kind, of = ''] = target.split(':')
  if (kind === 'carryIn') return `carry into ${of}`
  if (kind === 'class') return `class of column ${of}`
  return kind === 'sum' ? `(A${of}+B${of}) mod 10` : `digit ${of}`
}

/** The best position of a target after a stage. */
export function bestCell(cells: readonly ProbeCell[]): ProbeCell | undefined {
  return cells
    .filter(({ accuracy }) => !Number.isNaN(accuracy))
    .toSorted((one, other) => other.accuracy - one.accuracy)[0]
}

/** Accuracy from chance to 1, a block for each stage, a row for each target; the best position framed and written. */
export function probeMapChart(map: ProbeMap, display: Display): Chart<ProbeCell> {
  const { unit, ink, ink3, ctl, text, rule } = penOf(display)
  const { width, height } = display
  const { stages, positions, targets, cells, layout } = map
  const names = 112 * unit
  const block = (width - names) / stages.length
  // For the back row a best position stands above its accuracy, so that the cells have room.
  const beside = (display.stage ? 34 : 62) * unit
  const wide = Math.max((block - beside) / positions.length, 2 * unit)
  const [top, bottom] = [34 * unit, 22 * unit]
  const gaps = targets.map((target, row) => (row > 0 && kindOf(target) !== kindOf(targets[row - 1]!) ? 6 * unit : 0))
  const before = targets.map((_, row) => gaps.slice(0, row + 1).reduce((sum, gap) => sum + gap, 0))
  const high = Math.max(
    4 * unit,
    Math.min((display.stage ? 32 : 22) * unit, (height - top - bottom - (before.at(-1) ?? 0)) / targets.length),
  )
  const rowTop = (row: number) => top + row * high + before[row]!
  const end = rowTop(targets.length - 1) + high
  const boxes = cells.map((datum, at): Target<ProbeCell> => {
    const column = at % positions.length
    const row = Math.floor(at / positions.length) % targets.length
    const stage = Math.floor(at / (positions.length * targets.length))
    const [x, y] = [names + stage * block + column * wide, rowTop(row)]
    return { x, y, width: wide, height: high, datum }
  })
  const apart = display.stage ? 0.26 * high : 0
  const figure = { weight: 650, fill: ink, anchor: 'end' } as const
  const perRow = stages.flatMap(({ hook }, stage) =>
    targets.flatMap((target, row): Mark[] => {
      const best = bestCell(cells.filter((cell) => cell.hook === hook && cell.target === target))
      const box = best && boxes[cells.indexOf(best)]
      if (!box) return []
      const right = names + stage * block + positions.length * wide
      const frame = { x: box.x, y: box.y, width: wide - unit, height: high - unit, radius: 2 * unit }
      const y = rowTop(row) + high / 2
      return [
        { kind: 'rect', ...frame, stroke: ink, strokeWidth: 1.5 * unit },
        text(right + 4 * unit, y - apart, best.position, { font: 'mono' }),
        text(right + (beside - 10 * unit), y + apart, decimalText(best.accuracy, 2), figure),
      ]
    }),
  )
  const marks: Mark[] = [
    ...scale(display),
    ...stages.map(({ name }, stage) => text(names + stage * block, 24 * unit, name, { weight: 650, fill: ink })),
    ...targets.map((target, row) =>
      text(names - 8 * unit, rowTop(row) + high / 2, targetText(target), { anchor: 'end', fill: ink }),
    ),
    ...boxes.flatMap((box) => cellMark(box, display)),
    ...perRow,
    ...stages.flatMap((_, stage) =>
      positionGroups(layout).flatMap(({ letter, start, end: last }): Mark[] => {
        const [x1, x2] = [names + stage * block + start * wide + unit, names + stage * block + last * wide - 2 * unit]
        const below = end + 5 * unit
        return [
          // Of one position it would be a speck.
          ...(last - start > 1 ? [rule([x1, below], [x2, below], ctl)] : []),
          text((x1 + x2) / 2, end + 14 * unit, letter, { font: 'mono', anchor: 'middle', fill: ink3 }),
        ]
      }),
    ),
  ]
  return markChart(display, marks, boxes)
}

function kindOf(target: string): string {
  return target.split(':')[0]!
}

function cellMark({ x, y, width, height, datum }: Target<ProbeCell>, display: Display): Mark[] {
  const { unit } = penOf(display)
  const box = { x, y, width: width - unit, height: height - unit }
  const { accuracy, majority } = datum
  if (Number.isNaN(accuracy)) return [hatching(box, display)]
  const share = majority < 1 ? Math.max(0, (accuracy - majority) / (1 - majority)) : 0
  return [{ kind: 'rect', ...box, radius: 2 * unit, fill: unitColor(share, display)! }]
}

function scale(display: Display): Mark[] {
  const { unit, ink3, text } = penOf(display)
  const x = display.width - 110 * unit
  return [
    text(x - 6 * unit, 7 * unit, 'chance', { fill: ink3, anchor: 'end' }),
    ...unitStops(display).map((fill, step): Mark => {
      return { kind: 'rect', x: x + step * 16 * unit, y: 3 * unit, width: 16 * unit, height: 8 * unit, fill }
    }),
    text(x + 86 * unit, 7 * unit, '1', { fill: ink3 }),
  ]
}
