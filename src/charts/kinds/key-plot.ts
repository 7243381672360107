import type { XAXisComponentOption, YAXisComponentOption } from 'echarts'
import { positionGroups, positionLabels } from '../../core/positions'
import type { TaskLayout } from '../../core/task-layout'
import { gridIn } from '../echarts/axes'
import { graphicText } from '../echarts/graphic-text'
import { fonts, metrics, tokensOf, type Display } from '../drawing/display'
import type { Box } from '../drawing/drawing'

/** One head's plot: attention from 0 to 1 upwards, keys to the right. */
export interface Plot extends Box {
  readonly head: string
  /** How many keys there are to look at. */
  readonly keys: number
}

/** Where the attention to a key stands, clipped to 0..1. */
export function placeIn({ keys, x, y, width, height }: Plot, key: number, value: number) {
  return { x: x + ((key + 0.5) / keys) * width, y: y + (1 - Math.min(Math.max(value, 0), 1)) * height }
}

/** The plots side by side, each with its axes, its head's name above and brackets of A, B and C below. */
export function keyPlots(plots: readonly Plot[], layout: TaskLayout, display: Display) {
  return {
    grid: plots.map(gridIn),
    xAxis: plots.map(({ keys }, gridIndex) => ({ gridIndex, ...keyAxis(keys, layout, display) })),
    yAxis: plots.map((_, gridIndex) => ({ gridIndex, ...attentionAxis(display) })),
    graphic: plots.flatMap((plot) => [title(plot, display), ...brackets(plot, layout, display)]),
  }
}

/** `0 1 2 3 + 0 1 2 3 = 0`: fourteen whole names do not fit under a plot. */
function keyAxis(keys: number, layout: TaskLayout, display: Display): XAXisComponentOption {
  const { unit, label: fontSize } = metrics(display)
  const names = positionLabels(layout).slice(0, keys)
  return {
    type: 'category',
    data: names.map((name) => name.slice(-1)),
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { interval: 0, margin: 6 * unit, color: tokensOf(display).ink2, fontFamily: fonts.mono, fontSize },
  }
}

function attentionAxis(display: Display): YAXisComponentOption {
  const { unit, label: fontSize } = metrics(display)
  const { ink3, ctl, line } = tokensOf(display)
  const lineStyle = { color: ctl, width: unit }
  return {
    type: 'value',
    min: 0,
    max: 1,
    interval: 0.5,
    axisLine: { show: true, lineStyle },
    axisTick: { show: true, length: 4 * unit, lineStyle },
    axisLabel: { fontFamily: fonts.sans, fontSize, color: ink3, margin: 8 * unit },
    splitLine: { lineStyle: { color: line, width: unit } },
  }
}

function title({ head, x, y }: Plot, display: Display) {
  const { unit, label } = metrics(display)
  const look = { fill: tokensOf(display).ink, font: `650 ${label + unit}px ${fonts.mono}` }
  return graphicText(x - 4 * unit, y - 9 * unit, head, look, display)
}

/** A rule and a letter below the indices of A, of B and of C. */
function brackets({ x, y, width, height, keys }: Plot, layout: TaskLayout, display: Display) {
  const { unit, label } = metrics(display)
  const { ctl } = tokensOf(display)
  const look = { font: `${label}px ${fonts.mono}`, align: 'center' } as const
  const step = width / keys
  const rule = y + height + 17 * unit
  const groups = positionGroups(layout)
    .filter(({ letter }) => /[A-Z]/.test(letter))
    .map(({ letter, start, end }) => ({ letter, start, end: Math.min(end, keys) }))
    .filter(({ start, end }) => end > start)
  return groups.flatMap(({ letter, start, end }) => {
    const [x1, x2] = [x + (start + 0.1) * step, x + (end - 0.1) * step]
    return [
      {
        type: 'line' as const,
        silent: true,
        shape: { x1, x2, y1: rule, y2: rule },
        style: { stroke: ctl, lineWidth: unit },
      },
      graphicText((x1 + x2) / 2, y + height + 24 * unit, letter, look, display),
    ]
  })
}
