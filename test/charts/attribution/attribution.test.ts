import { expect, test } from 'vitest'
import { attributionNote, attributionRows, attributionTable } from '../../../src/charts/attribution/attribution'
import { attributionChart } from '../../../src/charts/attribution/attribution-chart'
import { logitRow, type AttributionInput } from '../../../src/charts/attribution/attribution-input'
import { signedColor } from '../../../src/charts/drawing/palette'
import { tokens } from '../../../src/charts/drawing/tokens'
import { expectPicture, pictureOf, withChart } from '../../support/golden-picture'
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
  expectPicture(name, pictureOf(attributionChart(input, { ...display, width: 400 })))
})

test('the picture attribution-paths', () => {
  const paths = { direct: ten((digit) => digit), 'H0.0 ➔ H1.1': ten((digit) => -digit) }
  const input = { ...ordinary, clean: attributedRun(paths), now: attributedRun(paths) }
  expectPicture('attribution-paths', pictureOf(attributionChart(input, { ...display, width: 400 })))
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
  const chart = attributionChart(ordinary, { ...display, width: 400 })
  const drawn = cellFills(pictureOf(chart))
  // The largest value of either run is the intervened logit of 9: 9 + 9 + 1 = 19, so M is 20.
  const cells = chart.targets.slice(0, 40)
  expect(drawn).toEqual(cells.map(({ datum }) => signedColor(datum.now, 20, display)))
})

test('bars start at zero and reach to the true digit’s logits, on the rows of the map', () => {
  const chart = attributionChart(ordinary, { ...display, width: 400 })
  const series = [chart.option.series ?? []].flat() as { id: string; data: { value: number }[] }[]
  // Digit 4 of embed, H0.0, b_U and the logit.
  expect(series.find(({ id }) => id === 'now')!.data.map(({ value }) => value)).toEqual([4, -1, 1, 4])
  const axis = chart.targets.at(-1)!
  const places = withChart(chart, (instance) =>
    [-20, 0, 20].map((value) => instance.convertToPixel({ gridIndex: 1 }, [value, 3])),
  )
  expect(places.map(([x]) => x)).toEqual([axis.x, axis.x + axis.width / 2, axis.x + axis.width].map((x) => near(x)))
  expect(places[0]![1]).toEqual(near(axis.y + axis.height / 2))
})

test('with a palette for colour-blind readers, what is negative is striped', () => {
  const stripes = (palette: 'standard' | 'orange-blue') =>
    pictureOf(attributionChart(ordinary, { ...display, palette })).match(/<pattern/g)?.length ?? 0
  expect(stripes('standard')).toBe(0)
  expect(stripes('orange-blue')).toBeGreaterThan(0)
})

/** A number as close as this, for `toEqual`. */
function near(value: number): unknown {
  return expect.closeTo(value, 9)
}

/** The colours of a picture's first boxes, which are the cells. */
function cellFills(svg: string): string[] {
  const black = (fill: string) =>
    `#${fill
      .match(/\d+/g)!
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join('')}`
  return [...svg.matchAll(/<path d="M[\d.]+ [\d.]+l[^"]+Z" fill="([^"]+)"/g)]
    .map(([, fill]) => (fill!.startsWith('rgb') ? black(fill!) : fill!))
    .slice(0, 40)
}

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
  const svg = pictureOf(attributionChart(same(ten(() => Number.NaN)), display))
  expect(cellFills(svg)).not.toContain(signedColor(0, 1, display))
  // Two parts and the logit, ten digits each.
  expect(svg.match(new RegExp(`stroke="${tokens.light.hatch}"`, 'g'))).toHaveLength(30)
})
