import { logitRow, type AttributedRun, type AttributionDatum, type AttributionInput } from './attribution-input'
import { drawing, type Drawing, type Mark, type Target } from '../drawing/drawing'
import { barScale, partBars } from './attribution-bars'
import { cellMarks, type Cell } from '../kinds/cells'
import { metrics, tokensOf, type Display } from '../drawing/display'
import { cross, pointer } from '../drawing/drawing'
import { hookOfComponent } from './component'
import { decimalText, signedText } from '../drawing/number-text'
import type { Note } from '../drawing/note'
import { symmetricLimit } from '../drawing/palette'
import { usualNames } from '../drawing/run-names'
import type { Table } from '../drawing/table'

/** Logits that the scale reaches at least. */
const leastLogits = 0.1

export function attributionDrawing(input: AttributionInput, display: Display, gutter = 76): Drawing<AttributionDatum> {
  const { unit, label: size } = metrics(display)
  const { ink, ink2 } = tokensOf(display)
  const rows = attributionRows(input)
  const changes = input.show === 'delta' ? rows.flat().map(({ clean, now }) => now - clean) : []
  const limit = symmetricLimit([...changes, ...rows.flat().flatMap(({ clean, now }) => [clean, now])], 1, leastLogits)
  const left = gutter * unit
  const cellsWidth = (display.width - left) * 0.62
  const top = 17 * unit
  const rowHeight = (display.height - top - 20 * unit) / rows.length
  const middle = (row: number) => top + (row + 0.5) * rowHeight
  const cells = rows.flatMap((row, index) =>
    row.map((datum): Cell => {
      const value = input.show === 'delta' ? datum.now - datum.clean : datum.now
      const text = input.show === 'delta' && Math.round(value) !== 0 ? signedText(value, 0) : decimalText(value, 0)
      const width = cellsWidth / row.length
      const box = { x: left + datum.logit * width, y: top + index * rowHeight, width, height: rowHeight }
      return { ...box, value, text }
    }),
  )
  const names = rows.map((row, index): Mark => {
    const { component } = row[0]!
    const style = component === logitRow ? { fill: ink, weight: 700 } : { fill: ink2 }
    const place = { x: left - 8 * unit, y: middle(index), anchor: 'end' as const }
    return { kind: 'text', text: component, size: size + unit, font: 'mono', ...place, ...style }
  })
  const scale = barScale(left + cellsWidth + 16 * unit, display.width - 20 * unit, limit)
  const ruleY = top + (rows.length - 1) * rowHeight
  const marks: Mark[] = [
    ...headings(input, limit, left, scale.start, display),
    ...names,
    ...cellMarks(cells, limit, display),
    ...digitMarks(input, left, cellsWidth / 10, display),
    ...partBars({ rows, truth: input.truth[input.focus]!, scale, middle, rowHeight, input, display }),
    { kind: 'lines', paths: [[left, ruleY, scale.end + 2 * unit, ruleY]], stroke: ink, strokeWidth: 1.5 * unit },
  ]
  const cellTargets = rows.flat().map((datum, index): Target<AttributionDatum> => {
    const { x, y, width, height } = cells[index]!
    return { x, y, width, height, datum }
  })
  const barTargets = rows.map((row, index): Target<AttributionDatum> => {
    const box = { x: scale.start, y: top + index * rowHeight, width: scale.end - scale.start, height: rowHeight }
    return { ...box, datum: row[input.truth[input.focus]!]! }
  })
  return drawing(display, marks, [...cellTargets, ...barTargets])
}

/**
 * One row for each component and one for the logit, with ten digits each. An intervention can add a component that the
 * clean run does not have; there it adds nothing.
 */
export function attributionRows({ clean, now, focus }: AttributionInput): AttributionDatum[][] {
  const components = componentsOf(now).length > componentsOf(clean).length ? componentsOf(now) : componentsOf(clean)
  const columns = Array.from({ length: 10 }, (_, logit) => logit)
  const parts = components.map((component) =>
    columns.map((logit) => ({
      component,
      logit,
      clean: share(clean, component, focus, logit),
      now: share(now, component, focus, logit),
    })),
  )
  const whole = columns.map((logit) => {
    const at = focus * clean.logits.shape[1]! + logit
    return { component: logitRow, logit, clean: clean.logits.data[at]!, now: now.logits.data[at]! }
  })
  return [...parts, whole]
}

function componentsOf({ attribution }: AttributedRun): readonly string[] {
  return attribution.labels.component ?? []
}

function share({ attribution }: AttributedRun, component: string, digit: number, logit: number): number {
  const [, digits, logits] = attribution.shape
  const row = attribution.labels.component?.indexOf(component) ?? -1
  return row < 0 ? 0 : attribution.data[(row * digits! + digit) * logits! + logit]!
}

function headings(input: AttributionInput, limit: number, left: number, barsLeft: number, display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  const { clean, now } = input.names ?? usualNames
  const run = input.show === 'delta' ? `${now} − ${clean}` : input.intervened ? now : clean
  const text = (x: number, content: string): Mark => {
    return { kind: 'text', x, y: 7 * unit, text: content, size, fill: tokensOf(display).ink3 }
  }
  return [
    text(left + 2 * unit, `Each digit, ${run}, colour ±${limit}`),
    text(barsLeft, `Truth (${input.truth[input.focus]}), logits`),
  ]
}

/** The digits below the map: ✕ at the wrong answer, ▸ at the true one. */
function digitMarks({ now, truth, focus }: AttributionInput, left: number, width: number, display: Display): Mark[] {
  const { unit, label: size } = metrics(display)
  const { ink, ink2, bad } = tokensOf(display)
  const y = display.height - 10 * unit
  return Array.from({ length: 10 }, (_, digit): Mark[] => {
    const x = left + (digit + 0.5) * width
    const isTruth = digit === truth[focus]
    const isWrong = !isTruth && digit === now.predicted[focus]
    const style = isWrong ? { fill: bad, weight: 700 } : isTruth ? { fill: ink, weight: 700 } : { fill: ink2 }
    const shift = isTruth || isWrong ? 3 * unit : 0
    const name: Mark = { kind: 'text', x: x + shift, y, text: String(digit), size, anchor: 'middle', ...style }
    if (isWrong) return [name, cross(x - 5 * unit, y, 2.5 * unit, bad, 1.5 * unit)]
    return isTruth ? [name, pointer(x - 5 * unit, y, 2.5 * unit, ink)] : [name]
  }).flat()
}

export function attributionNote({ component, logit, clean, now }: AttributionDatum, intervened: boolean): Note {
  const subject = `${component === logitRow ? 'logit' : component} → digit ${logit}`
  const lines = intervened
    ? [
        { label: 'clean', value: signedText(clean, 1) },
        { label: 'intervened', value: signedText(now, 1) },
        { label: 'Δ', value: `${signedText(now - clean, 1)} logits` },
      ]
    : [{ label: 'clean', value: `${signedText(clean, 1)} logits` }]
  const hook = hookOfComponent(component)
  return hook === null ? { subject, lines } : { subject, lines, hook }
}

export function attributionTable(input: AttributionInput, caption: string): Table {
  const columns = Array.from({ length: 10 }, (_, digit) => String(digit))
  const { clean, now } = input.names ?? usualNames
  const rows = attributionRows(input).flatMap((row) => [
    [row[0]!.component, clean, ...row.map((datum) => datum.clean)],
    ...(input.intervened ? [[row[0]!.component, now, ...row.map((datum) => datum.now)]] : []),
  ])
  return { caption, columns: ['component', 'run', ...columns], rows }
}
