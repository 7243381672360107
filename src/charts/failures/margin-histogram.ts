import type { EChartsOption, CustomSeriesRenderItem } from 'echarts'
import type { EverySum } from '../../contract/exhaustive'
import type { Chart } from '../drawing/chart'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import { decimalText, minus } from '../drawing/number-text'

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
export function histogramBox({ width, height, stage }: Display): {
  left: number
  top: number
  width: number
  height: number
} {
  const unit = stage ? 2 : 1
  return { left: 6 * unit, top: 26 * unit, width: width - 12 * unit, height: height - 60 * unit }
}

/** How the smallest margin of every sum is spread; what is wrong, at 0 and below, is red. */
export function marginHistogramChart({ every, scale, own, range }: HistogramInput, display: Display): Chart<MarginBin> {
  const { ink, ink2, ink3, line, ctl, acc, bad, badfill, solid } = tokensOf(display)
  const { label: fontSize } = metrics(display)
  const [min, max] = histogramSpan(every)
  const box = histogramBox(display)
  const height = (count: number) => (scale === 'lin' ? count : count === 0 ? 0 : Math.log10(count) + single)
  const bins = every.marginHistogram.map((count, bin): MarginBin => ({ from: lowest + bin * binWidth, count }))
  const shown = bins.filter(({ from }) => from >= min && from < max)
  const top = Math.max(1, ...shown.map(({ count }) => height(count)))
  const ticks = scale === 'lin' ? [] : [1, 100, 10_000, 1_000_000].filter((count) => height(count) <= top)
  const text = { fontSize, fontFamily: fonts.sans }
  // What a line stands for is written at the end where the bars are lower.
  const ends = Math.ceil(shown.length / 8)
  const heightOf = (some: readonly MarginBin[]) => Math.max(...some.map(({ count }) => height(count)))
  const onRight = heightOf(shown.slice(-ends)) <= heightOf(shown.slice(0, ends))
  const render: CustomSeriesRenderItem = (params, api) => {
    const { from, count } = shown[params.dataIndex]!
    const [x1, y] = api.coord([from, height(count)]) as [number, number]
    const [x2, floor] = api.coord([from + binWidth, 0]) as [number, number]
    const outside = range !== null && (from + binWidth <= range[0] || from >= range[1])
    return {
      type: 'rect',
      shape: { x: x1, y, width: Math.max(1, x2 - x1 - 1), height: floor - y },
      style: { fill: from < 0 ? badfill : solid, opacity: outside ? 0.2 : 1 },
    }
  }
  const at = (margin: number) => box.left + ((Math.min(max, Math.max(min, margin)) - min) / (max - min)) * box.width
  const floor = box.top + box.height
  const mark = (margin: number, words: string, color: string, y: number, wide: boolean) => {
    const x = at(margin)
    const onLeft = x > box.left + box.width - 110
    return [
      {
        type: 'line' as const,
        shape: { x1: x, y1: y + 8, x2: x, y2: floor },
        style: { stroke: color, lineWidth: wide ? 2 : 1.5 },
      },
      {
        type: 'text' as const,
        x: onLeft ? x - 4 : x + 4,
        y: y - 6,
        style: {
          text: words,
          fill: color,
          font: `650 ${fontSize}px ${fonts.sans}`,
          align: onLeft ? 'right' : 'left',
        },
      },
    ]
  }
  const smallest = every.smallestMargin
  const option: EChartsOption = {
    animation: false,
    grid: { ...box, containLabel: false },
    xAxis: {
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
    },
    yAxis: { type: 'value', min: 0, max: top * 1.05, show: false },
    series: [
      {
        type: 'custom',
        id: 'counts',
        renderItem: render,
        data: shown.map(({ from, count }) => [from, height(count)]),
        silent: true,
      },
    ],
    graphic: [
      ...ticks.flatMap((count) => {
        const y = floor - (height(count) / (top * 1.05)) * box.height
        return [
          {
            type: 'line' as const,
            z: -1,
            shape: { x1: box.left, y1: y, x2: box.left + box.width, y2: y },
            style: { stroke: line },
          },
          {
            type: 'text' as const,
            x: onRight ? box.left + box.width : box.left,
            y: y - fontSize - 1,
            style: {
              text: count === 1 ? '1 sum' : count.toLocaleString('en'),
              fill: ink3,
              font: `${fontSize}px ${fonts.sans}`,
              align: onRight ? ('right' as const) : ('left' as const),
            },
          },
        ]
      }),
      ...(smallest <= 0
        ? mark(0, '✕ wrong', bad, 8, false)
        : mark(smallest, `weakest ${decimalText(smallest, 2)}`, ink, 8, false)),
      ...(own === null
        ? []
        : mark(own, `this sum ${decimalText(own, 2)}`, acc, own > smallest + 2 || smallest <= 0 ? 18 : 20, true)),
    ],
  }
  const targets = shown.map((datum) => ({
    x: at(datum.from),
    y: box.top,
    width: at(datum.from + binWidth) - at(datum.from),
    height: box.height,
    datum,
  }))
  return { width: display.width, height: display.height, targets, option }
}
