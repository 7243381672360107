import type { CustomSeriesOption, CustomSeriesRenderItemReturn, SeriesOption } from 'echarts'
import { chart } from '../drawing/chart'
import { fonts, type Display } from '../drawing/display'
import { haloWidth, type Mark, type Paint, type Target } from '../drawing/drawing'

/** A series that draws marks, which it holds for those who can draw them faster. */
export interface MarkSeries extends CustomSeriesOption {
  readonly id: string
  readonly marks: readonly Mark[]
}

export function isMarkSeries(series: SeriesOption): series is MarkSeries {
  return 'marks' in series
}

/**
 * What a plot shows between its axes, or without any where `axes` is null, as one series of ECharts: all marks are drawn in one go,
 * and redrawn in place when the series is set again under the same id. Marks are in the chart's own pixels, as its grids are.
 */
export function markSeries(id: string, marks: readonly Mark[], axes: number | null = 0): MarkSeries {
  return {
    marks,
    type: 'custom',
    id,
    name: id,
    ...(axes === null ? { coordinateSystem: 'none' } : { xAxisIndex: axes, yAxisIndex: axes }),
    silent: true,
    // One datum, so that everything is one group; where it stands says nothing.
    data: [[0, 0]],
    renderItem: () => ({ type: 'group', children: marks.map(elementOf) }) as CustomSeriesRenderItemReturn,
  }
}

/** A chart that is marks alone, without axes. */
export function markChart<Datum>(display: Display, marks: readonly Mark[], targets: readonly Target<Datum>[]) {
  return chart(display, targets, { series: [markSeries('marks', marks, null)] })
}

/** One mark as an element of ECharts' custom series. `strokes` and `points` are registered in the report's `echarts.ts`. */
function elementOf(mark: Mark): object {
  switch (mark.kind) {
    case 'rect': {
      const { x, y, width, height, radius = 0 } = mark
      return { type: 'rect', shape: { x, y, width, height, r: radius }, style: styleOf(mark) }
    }
    case 'circle':
      return { type: 'circle', shape: { cx: mark.x, cy: mark.y, r: mark.radius }, style: styleOf(mark) }
    case 'sector': {
      const { x: cx, y: cy, radius: r, from, to } = mark
      const shape = { cx, cy, r, r0: 0, startAngle: -from, endAngle: -to, clockwise: false }
      return { type: 'sector', shape, style: styleOf(mark) }
    }
    case 'lines':
      return { type: 'strokes', shape: { paths: mark.paths, closed: mark.closed ?? false }, style: styleOf(mark) }
    case 'points': {
      const { places, size, round = false, fill, opacity = 1 } = mark
      return { type: 'points', shape: { places, size, round }, style: { fill, opacity } }
    }
    case 'text':
      return { type: 'text', style: textStyle(mark) }
  }
}

function styleOf({ fill, stroke, strokeWidth = 1, dash }: Paint): object {
  return {
    fill: fill ?? 'none',
    stroke: stroke ?? 'none',
    lineWidth: stroke ? strokeWidth : 0,
    ...(dash && { lineDash: [...dash] }),
  }
}

function textStyle({
  x,
  y,
  text,
  size,
  fill,
  font = 'sans',
  weight = 400,
  anchor = 'start',
  halo,
}: Mark & { kind: 'text' }) {
  return {
    x,
    y,
    text,
    fill,
    fontSize: size,
    fontFamily: fonts[font],
    ...(weight !== 400 && { fontWeight: weight }),
    align: anchor === 'middle' ? 'center' : anchor === 'end' ? 'right' : 'left',
    verticalAlign: 'middle',
    ...(halo && { stroke: halo, lineWidth: haloWidth }),
  }
}
