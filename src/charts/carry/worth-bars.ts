import type { CustomSeriesOption } from 'echarts'
import { chart, type Chart } from '../drawing/chart'
import { fonts, type Display } from '../drawing/display'
import type { Mark, Target } from '../drawing/drawing'
import { powerText, signedText, decimalText } from '../drawing/number-text'
import { penOf } from '../drawing/pen'
import { headColor } from '../drawing/tokens'
import { gridIn } from '../echarts/axes'
import { markSeries } from '../echarts/marks'
import { aloneOf, worthsClosure, type Worths } from './head-worths'

export interface WorthDatum {
  readonly head: string
  readonly index: number
}

/** Within this the values' sum is the whole. */
const tolerance = 1e-4

/** Each head's Shapley value (filled) and what ablating it alone adds (outline), in nats, and that the values add up. */
export function worthBars(worths: Worths, chosen: number, display: Display): Chart<WorthDatum> {
  const { unit, label: fontSize, ink3, line, ctl } = penOf(display)
  const { width, height } = display
  const { heads } = worths
  const plot = {
    x: 136 * unit,
    y: 22 * unit,
    width: width - 150 * unit,
    height: Math.max(height - 96 * unit, 40 * unit),
  }
  const row = plot.height / heads.length
  const values = heads
    .flatMap((_, head) => [worths.shapley[head]!, aloneOf(worths, head)])
    .filter((v) => !Number.isNaN(v))
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values, 1e-6)]
  const margin = (most - least) * 0.06
  const bars: CustomSeriesOption = {
    type: 'custom',
    id: 'worths',
    silent: true,
    progressive: 0,
    data: heads.map((_, head) => [worths.shapley[head]!, head, aloneOf(worths, head), worths.errors[head]!]),
    renderItem: (_, api) =>
      barsOf(Number(api.value(1)), [0, 2, 3].map((at) => Number(api.value(at))) as Three, api, worths, display),
    encode: { x: [0, 2], y: 1 },
  }
  const targets = heads.map((head, index): Target<WorthDatum> => {
    return { x: 0, y: plot.y + index * row, width, height: row, datum: { head, index } }
  })
  const words = [...legend(worths, display), ...names(worths, plot.y, row, display), ...closing(worths, display)]
  return chart(display, targets, {
    grid: gridIn(plot),
    xAxis: {
      type: 'value',
      min: least === 0 ? 0 : least - margin,
      max: most + margin,
      splitNumber: 4,
      axisLabel: {
        color: ink3,
        fontFamily: fonts.sans,
        fontSize,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (value: number) => (value === 0 ? '0' : signedText(value, most - least < 4 ? 1 : 0)),
      },
      splitLine: { showMinLine: false, showMaxLine: false, lineStyle: { color: line, width: unit } },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...heads],
      axisLabel: { show: false },
      axisTick: { show: false },
      axisLine: { show: true, lineStyle: { color: ctl, width: unit } },
    },
    series: [
      { ...markSeries('chosen', chosen < 0 ? [] : [ground(plot.y + chosen * row, row, display)], null), z: -1 },
      bars,
      markSeries('names', words, null),
    ],
  })
}

type Three = [number, number, number]
type Api = Parameters<NonNullable<CustomSeriesOption['renderItem']>>[1]

function barsOf(head: number, [shapley, alone, error]: Three, api: Api, { heads, layers }: Worths, display: Display) {
  const { unit, ink2, ink } = penOf(display)
  const ofLayer = heads.length / layers
  const [, middle] = api.coord([0, head]) as [number, number]
  const at = (value: number) => api.coord([value, head])[0]!
  const high = Math.min((api.size!([1, 1]) as number[])[1]! * 0.32, 14 * unit)
  const box = (value: number, y: number, height: number) => {
    return { x: Math.min(at(0), at(value)), y, width: Math.abs(at(value) - at(0)), height }
  }
  const fill = headColor(display.theme, Math.floor(head / ofLayer), head % ofLayer)
  const y = middle - high / 2
  const whisker = { x1: at(shapley - 1.96 * error), x2: at(shapley + 1.96 * error), y1: y, y2: y }
  const outline = { fill: 'none', stroke: ink2, lineWidth: 1.5 * unit }
  const parts = [
    { known: !Number.isNaN(shapley), type: 'rect', shape: box(shapley, middle - high, high), style: { fill } },
    { known: error > 0, type: 'line', shape: whisker, style: { stroke: ink, lineWidth: 1.5 * unit } },
    {
      known: !Number.isNaN(alone),
      type: 'rect',
      shape: box(alone, middle + 2 * unit, high * 0.66),
      style: outline,
    },
  ] as const
  return { type: 'group' as const, children: parts.filter(({ known }) => known).map(({ known: _, ...part }) => part) }
}

function ground(y: number, height: number, display: Display): Mark {
  return { kind: 'rect', x: 0, y, width: display.width, height, fill: penOf(display).accbg }
}

function legend({ orders }: Worths, display: Display): Mark[] {
  const { unit, solid, ink2, text } = penOf(display)
  const y = 8 * unit
  const words = orders === 0 ? 'Shapley: mean over all orders' : `Shapley: mean of ${orders} random orders, ± 1.96 se`
  const second = 156 * unit + words.length * 6.2 * unit
  const box = { y: y - 4 * unit, width: 12 * unit, height: 8 * unit }
  return [
    { kind: 'rect', x: 136 * unit, ...box, fill: solid },
    text(152 * unit, y, words),
    { kind: 'rect', x: second, ...box, stroke: ink2, strokeWidth: unit },
    text(second + 16 * unit, y, 'ablated alone'),
  ]
}

function names(worths: Worths, top: number, row: number, display: Display): Mark[] {
  const { unit, label, strong, ink, ink3, text } = penOf(display)
  const ofLayer = worths.heads.length / worths.layers
  const both = row >= 26 * unit
  return worths.heads.flatMap((head, index): Mark[] => {
    const middle = top + (index + 0.5) * row
    const color = headColor(display.theme, Math.floor(index / ofLayer), index % ofLayer)
    const value = signedText(worths.shapley[index]!, 1)
    const alone = `${signedText(aloneOf(worths, index), 1)} alone`
    const bold = { size: both ? strong : label, weight: 650, fill: ink }
    const bar = { x: 4 * unit, y: middle - 7 * unit, width: 4 * unit, height: 14 * unit, radius: 2 * unit }
    return [
      { kind: 'rect', ...bar, fill: color },
      text(14 * unit, middle, head, { ...bold, font: 'mono' }),
      text(126 * unit, both ? middle - 7 * unit : middle, value, { ...bold, anchor: 'end' }),
      ...(both ? [text(126 * unit, middle + 8 * unit, alone, { fill: ink3, anchor: 'end' })] : []),
    ]
  })
}

function closing(worths: Worths, display: Display): Mark[] {
  const { unit, ink3, bad, acc, text, rule } = penOf(display)
  const { height, width } = display
  const { heads, lossOf, shapley } = worths
  const total = shapley.reduce((sum, value) => sum + value, 0)
  const [all, clean] = [lossOf(2 ** heads.length - 1), lossOf(0)]
  const off = worthsClosure(worths)
  const of = worths.of === 'mean' ? 'mean of the answer’s digits' : worths.of
  const known = !Number.isNaN(total)
  const words = known
    ? `Sum of the ${heads.length} = ${decimalText(total, 2)} = all ablated (${decimalText(all, 2)}) − clean (${decimalText(clean, 2)}).`
    : 'The values are told when all losses are known.'
  const closes = off <= tolerance
  const verdict = closes ? `✓ closes to ${powerText(off)}` : `✕ off by ${powerText(off)}`
  const [above, below] = [height - 26 * unit, height - 12 * unit]
  return [
    text((width + 122 * unit) / 2, height - 40 * unit, `loss added, nats, ${of}`, { fill: ink3, anchor: 'middle' }),
    rule([0, above], [width, above]),
    text(0, below, words),
    ...(known ? [text(width, below, verdict, { fill: closes ? acc : bad, anchor: 'end' })] : []),
  ]
}
