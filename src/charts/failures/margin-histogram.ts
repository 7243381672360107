import type { CustomSeriesOption, GraphicComponentOption, XAXisComponentOption } from 'echarts'
import type { EverySum } from '../../contract/exhaustive'
import { counted } from '../../core/counted'
import { chart, type Chart } from '../drawing/chart'
import { fonts, type Display } from '../drawing/display'
import { decimalText, minus } from '../drawing/number-text'
import { penOf } from '../drawing/pen'

export interface HistogramInput {
  readonly every: EverySum
  readonly scale: 'log' | 'lin'
  /** The margin of the sum on screen; null for none. */
  readonly own: number | null
  readonly range: readonly [number, number] | null
}

/** As in `Margins`. */
const [lowest, binWidth] = [-10, 0.25]
/** A single sum is to be seen on a logarithmic axis: it stands so high, in powers of ten. */
const single = 0.35

/** A bin of the histogram: margins from `from` on, and how many sums have them. */
export interface MarginBin {
  readonly from: number
  readonly count: number
}

/** The margins that the axis shows: whole multiples of four that hold every bin. */
export function histogramSpan({ marginHistogram }: EverySum): readonly [number, number] {
  const filled = marginHistogram.flatMap((count, bin) => (count > 0 ? [bin] : []))
  const [first, last] = [filled[0] ?? 40, filled.at(-1) ?? 40]
  const low = Math.floor((lowest + binWidth * first) / 4) * 4
  const high = Math.ceil((lowest + binWidth * (last + 1)) / 4) * 4
  return [Math.min(0, low), Math.max(8, high)]
}

/** The box of the plot inside a display, for what points at it. */
export function histogramBox({ width, height, stage }: Display) {
  const unit = stage ? 2 : 1
  return { left: 6 * unit, top: 26 * unit, width: width - 12 * unit, height: height - 60 * unit }
}

/** How much higher than its tallest bar the plot is. */
const headroom = 1.05

/** How the smallest margin of every sum is spread; what is wrong, at 0 and below, is red. */
export function marginHistogramChart(input: HistogramInput, display: Display): Chart<MarginBin> {
  const plot = plotOf(input, display)
  const { box, min, max, shown, top, at } = plot
  const targets = shown.map((datum) => {
    const [x, right] = [at(datum.from), at(datum.from + binWidth)]
    return { x, y: box.top, width: right - x, height: box.height, datum }
  })
  return chart(display, targets, {
    grid: { ...box, containLabel: false },
    xAxis: marginAxis(min, max, display),
    yAxis: { type: 'value', min: 0, max: top * headroom, show: false },
    series: [bars(plot, input.range, display)],
    graphic: [...countLines(input, plot, display), ...marginLines(input, plot, display)],
  })
}

/** What is in the plot, and where, in CSS pixels. */
interface Plot {
  readonly box: ReturnType<typeof histogramBox>
  /** The margins at its ends. */
  readonly min: number
  readonly max: number
  readonly shown: readonly MarginBin[]
  /** How high so many sums stand, and the highest of them. */
  readonly heightOf: (count: number) => number
  readonly top: number
  /** Where a margin stands; one outside at the end that it is beyond. */
  readonly at: (margin: number) => number
}

function plotOf({ every, scale }: HistogramInput, display: Display): Plot {
  const [min, max] = histogramSpan(every)
  const box = histogramBox(display)
  const heightOf = (count: number) => (scale === 'lin' ? count : count === 0 ? 0 : Math.log10(count) + single)
  const bins = every.marginHistogram.map((count, bin): MarginBin => ({ from: lowest + bin * binWidth, count }))
  const shown = bins.filter(({ from }) => from >= min && from < max)
  const top = Math.max(1, ...shown.map(({ count }) => heightOf(count)))
  const at = (margin: number) => box.left + ((Math.min(max, Math.max(min, margin)) - min) / (max - min)) * box.width
  return { box, min, max, shown, heightOf, top, at }
}

function marginAxis(min: number, max: number, display: Display): XAXisComponentOption {
  const { ink2, ink3, ctl, label: fontSize } = penOf(display)
  const text = { fontSize, fontFamily: fonts.sans }
  return {
    type: 'value',
    min,
    max,
    interval: 4,
    axisLine: { lineStyle: { color: ctl }, onZero: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { ...text, color: ink2, formatter: (value: number) => String(value).replace('-', minus) },
    name: 'margin, logits: right digit minus the next best, worst digit',
    nameLocation: 'middle',
    nameGap: 22,
    nameTextStyle: { ...text, color: ink3 },
  }
}

/** A bar for each bin; those outside the range are faint. */
function bars({ shown, heightOf }: Plot, range: HistogramInput['range'], display: Display): CustomSeriesOption {
  const { badfill, solid } = penOf(display)
  return {
    type: 'custom',
    id: 'counts',
    data: shown.map(({ from, count }) => [from, heightOf(count)]),
    silent: true,
    renderItem: ({ dataIndex }, api) => {
      const { from, count } = shown[dataIndex]!
      const [x1, y] = api.coord([from, heightOf(count)]) as [number, number]
      const [x2, floor] = api.coord([from + binWidth, 0]) as [number, number]
      const outside = range !== null && (from + binWidth <= range[0] || from >= range[1])
      return {
        type: 'rect',
        shape: { x: x1, y, width: Math.max(1, x2 - x1 - 1), height: floor - y },
        style: { fill: from < 0 ? badfill : solid, opacity: outside ? 0.2 : 1 },
      }
    },
  }
}

/** On a logarithmic axis, lines at round numbers of sums, which are written at the end where the bars are lower, off the bars. */
function countLines({ scale }: HistogramInput, { box, shown, heightOf, top, at }: Plot, display: Display) {
  const { line, ink3, label: fontSize } = penOf(display)
  const ticks = scale === 'lin' ? [] : [1, 100, 10_000, 1_000_000].filter((count) => heightOf(count) <= top)
  const ends = Math.ceil(shown.length / 8)
  const highest = (some: readonly MarginBin[]) => Math.max(...some.map(({ count }) => heightOf(count)))
  const onRight = highest(shown.slice(-ends)) <= highest(shown.slice(0, ends))
  const [x1, x2] = [box.left, box.left + box.width]
  const look = { fill: ink3, font: `${fontSize}px ${fonts.sans}`, align: onRight ? 'right' : 'left' } as const
  const isFree = (count: number) => {
    const reach = 0.6 * fontSize * counted(count, 'sum').length
    return !shown.some((bin) => {
      const beside = onRight ? at(bin.from + binWidth) > x2 - reach : at(bin.from) < x1 + reach
      return beside && bin.count > count
    })
  }
  const written = ticks.filter(isFree)
  return ticks.flatMap((count): GraphicComponentOption[] => {
    const y = box.top + box.height - (heightOf(count) / (top * headroom)) * box.height
    const text = count === written[0] ? counted(count, 'sum') : count.toLocaleString('en')
    return [
      { type: 'line', z: -1, shape: { x1, y1: y, x2, y2: y }, style: { stroke: line } },
      ...(written.includes(count)
        ? [{ type: 'text', x: onRight ? x2 : x1, y: y - fontSize - 1, style: { text, ...look } } as const]
        : []),
    ]
  })
}

/** Where sums become wrong, or the weakest of them stands, and the sum on screen. */
function marginLines({ every, own }: HistogramInput, { box, at }: Plot, display: Display): GraphicComponentOption[] {
  const { ink, acc, bad, label } = penOf(display)
  const smallest = every.smallestMargin
  const line = (margin: number, words: string, color: string, y: number, lineWidth: number) => {
    const x = at(margin)
    const onLeft = x > box.left + box.width - 110
    const shape = { x1: x, y1: y + 8, x2: x, y2: box.top + box.height }
    const style = { text: words, fill: color, font: `650 ${label}px ${fonts.sans}`, align: onLeft ? 'right' : 'left' }
    return [
      { type: 'line', shape, style: { stroke: color, lineWidth } },
      { type: 'text', x: onLeft ? x - 4 : x + 4, y: y - 6, style },
    ] as GraphicComponentOption[]
  }
  // One below the other where they stand close together.
  const ownY = own !== null && own <= smallest + 2 && smallest > 0 ? 20 : 18
  return [
    ...(smallest <= 0
      ? line(0, '✕ wrong', bad, 8, 1.5)
      : line(smallest, `weakest ${decimalText(smallest, 2)}`, ink, 8, 1.5)),
    ...(own === null ? [] : line(own, `this sum ${decimalText(own, 2)}`, acc, ownY, 2)),
  ]
}
