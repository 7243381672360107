import { expect, test } from 'vitest'
import {
  attributionDrawing,
  attributionNote,
  attributionRows,
  attributionTable,
} from '../../../src/charts/attribution/attribution'
import { logitRow, type AttributionInput } from '../../../src/charts/attribution/attribution-input'
import type { Rect } from '../../../src/charts/drawing/drawing'
import { signColors, signedColor } from '../../../src/charts/drawing/palette'
import { pathAttributionDrawing } from '../../../src/charts/attribution/path-attribution'
import { tokens } from '../../../src/charts/drawing/tokens'
import { expectPicture, pictureOf } from '../../support/golden-picture'
import { attributedRun, display, ten } from '../../support/small-run'

const clean = attributedRun({ embed: ten((digit) => digit), 'H0.0': ten((digit) => 4 - digit), b_U: ten(() => 1) }, 4)
const now = attributedRun({ embed: ten((digit) => digit), 'H0.0': ten((digit) => 2 * digit - 9), b_U: ten(() => 1) }, 9)
const ordinary: AttributionInput = { clean, now, intervened: true, focus: 0, truth: [4], show: 'now' }
const same = (values: readonly number[]): AttributionInput => {
  const run = attributedRun({ embed: values, 'H0.0': values })
  return { ...ordinary, clean: run, now: run }
}

test.each([
  ['attribution-ordinary', ordinary],
  ['attribution-difference', { ...ordinary, show: 'delta' }],
  ['attribution-clean-only', { ...ordinary, now: clean, intervened: false }],
  ['attribution-all-zero', same(ten(() => 0))],
  ['attribution-all-negative', same(ten((digit) => -1 - digit))],
  ['attribution-missing', same(ten(() => Number.NaN))],
  [
    'attribution-one-part',
    {
      ...ordinary,
      clean: attributedRun({ embed: ten((digit) => digit) }),
      now: attributedRun({ embed: ten((digit) => -digit) }),
    },
  ],
] satisfies [string, AttributionInput][])('the picture %s', (name, input) => {
  expectPicture(name, pictureOf(attributionDrawing(input, { ...display, width: 400 })))
})

test('the picture attribution-paths', () => {
  const paths = { direct: ten((digit) => digit), 'H0.0 ➔ H1.1': ten((digit) => -digit) }
  const input = { ...ordinary, clean: attributedRun(paths), now: attributedRun(paths) }
  expectPicture('attribution-paths', pictureOf(pathAttributionDrawing(input, { ...display, width: 400 })))
})

test('the last row is the logit, and the parts above it add up to it', () => {
  for (const run of ['clean', 'now'] as const) {
    const rows = attributionRows(ordinary)
    const whole = rows.pop()!
    expect(whole[0]!.component).toBe(logitRow)
    whole.forEach((logit, digit) => expect(rows.reduce((sum, row) => sum + row[digit]![run], 0)).toBe(logit[run]))
  }
})

test('a part that only the intervention adds is there, with nothing in the clean run', () => {
  const replaced = attributedRun({ embed: ten(() => 1), 'resid_pre 1 replaced': ten((digit) => digit) })
  const rows = attributionRows({ ...ordinary, clean: attributedRun({ embed: ten(() => 1) }), now: replaced })
  expect(rows[1]![7]).toEqual({ component: 'resid_pre 1 replaced', logit: 7, clean: 0, now: 7 })
})

test('cells have the colour of their value, and one limit serves colours and bars', () => {
  const { marks, targets } = attributionDrawing(ordinary, { ...display, width: 400 })
  const cells = targets.slice(0, 40)
  const fillAt = (x: number, y: number) =>
    marks.find((mark): mark is Rect => mark.kind === 'rect' && mark.x === x && mark.y === y)!.fill
  // The largest value of either run is the intervened logit of 9: 9 + 9 + 1 = 19, so M is 20.
  for (const { x, y, datum } of cells) expect(fillAt(x, y)).toBe(signedColor(datum.now, 20, display))
})

test('bars start at zero and are as long as the true digit’s logits', () => {
  const { marks, targets } = attributionDrawing(ordinary, { ...display, width: 400 })
  const axis = targets.at(-1)!
  const zero = axis.x + axis.width / 2
  const { negative, positive } = signColors(display)
  const solids = marks.filter(
    (mark): mark is Rect => mark.kind === 'rect' && [negative, positive].includes(mark.fill ?? '') && mark.x >= axis.x,
  )
  // Digit 4 of embed, H0.0 and b_U under the intervention.
  const values = [4, -1, 1]
  expect(solids).toHaveLength(values.length)
  solids.forEach((bar, index) => {
    expect(bar.width).toBeCloseTo((Math.abs(values[index]!) / 40) * axis.width, 9)
    expect(values[index]! < 0 ? bar.x + bar.width : bar.x).toBeCloseTo(zero, 9)
  })
})

test('a note tells clean, intervened, their difference and the hook', () => {
  const datum = { component: 'H1.0', logit: 5, clean: 60.5, now: 39.7 }
  expect(attributionNote(datum, true)).toEqual({
    subject: 'H1.0 → digit 5',
    lines: [
      { label: 'clean', value: '+60.5' },
      { label: 'intervened', value: '+39.7' },
      { label: 'Δ', value: '−20.8 logits' },
    ],
    hook: 'blocks.1.attn.hook_result[0]',
  })
})

test('the table has two rows for each part', () => {
  const { rows } = attributionTable(ordinary, 'caption')
  expect(rows).toHaveLength(8)
  expect(rows[3]!.slice(0, 4)).toEqual(['H0.0', 'intervened', -9, -7])
})

test('a missing value is hatched, never coloured as zero', () => {
  const { marks } = attributionDrawing(same(ten(() => Number.NaN)), display)
  expect(marks.filter(({ kind }) => kind === 'rect')).toEqual([])
  const hatched = marks.filter((mark) => mark.kind === 'lines' && mark.stroke === tokens.light.hatch)
  // Two parts and the logit, ten digits each.
  expect(hatched).toHaveLength(30)
})
