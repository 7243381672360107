import type { CustomSeriesOption } from 'echarts'
import { haloWidth, type Mark } from '../drawing/drawing'
import { fonts } from '../drawing/display'

type Element = Exclude<ReturnType<NonNullable<CustomSeriesOption['renderItem']>>, null | undefined>

/** Marks as a series without axes, back to front: names, frames and cells beside what ECharts lays out by value. */
export function markSeries(marks: readonly Mark[], layer = 0): CustomSeriesOption {
  return {
    type: 'custom',
    coordinateSystem: 'none',
    silent: true,
    z: layer,
    progressive: 0,
    data: marks.map((_, index) => [index]),
    renderItem: ({ dataIndex }) => markElement(marks[dataIndex]!),
  }
}

/** One mark as an element that ECharts paints. */
export function markElement(mark: Mark): Element {
  switch (mark.kind) {
    case 'rect': {
      const { x, y, width, height, radius: r } = mark
      return { type: 'rect', shape: { x, y, width, height, ...(r !== undefined && { r }) }, style: styleOf(mark) }
    }
    case 'lines':
      return { type: 'group', children: mark.paths.map((path) => lineElement(path, mark)) }
    case 'circle':
      return { type: 'circle', shape: { cx: mark.x, cy: mark.y, r: mark.radius }, style: styleOf(mark) }
    case 'points': {
      const { places, size, fill, opacity = 1 } = mark
      const at = Array.from({ length: places.length / 2 }, (_, point) => [places[2 * point]!, places[2 * point + 1]!])
      const children = at.map(([x, y]) => ({
        type: 'rect' as const,
        shape: { x: x! - size / 2, y: y! - size / 2, width: size, height: size },
        style: { fill, opacity },
      }))
      return { type: 'group', children }
    }
    case 'sector': {
      const { x: cx, y: cy, radius: r, from, to } = mark
      return { type: 'sector', shape: { cx, cy, r, r0: 0, startAngle: -to, endAngle: -from }, style: styleOf(mark) }
    }
    case 'text': {
      const { x, y, text, size, fill, font = 'sans', weight = 400, anchor = 'start', halo } = mark
      return {
        type: 'text',
        x,
        y,
        style: {
          text,
          fill,
          font: `${weight} ${size}px ${fonts[font]}`,
          align: anchor === 'middle' ? 'center' : anchor === 'end' ? 'right' : 'left',
          verticalAlign: 'middle',
          ...(halo !== undefined && { stroke: halo, lineWidth: haloWidth }),
        },
      }
    }
  }
}

function lineElement(path: readonly number[], mark: Extract<Mark, { kind: 'lines' }>) {
  const points = Array.from({ length: path.length / 2 }, (_, point) => [path[2 * point]!, path[2 * point + 1]!])
  return { type: mark.closed ? ('polygon' as const) : ('polyline' as const), shape: { points }, style: styleOf(mark) }
}

function styleOf({
  fill,
  stroke,
  strokeWidth = 1,
  dash,
}: Extract<Mark, { kind: 'rect' | 'lines' | 'circle' | 'sector' }>) {
  return {
    fill: fill ?? 'none',
    ...(stroke !== undefined && { stroke, lineWidth: strokeWidth }),
    ...(dash && { lineDash: [...dash] }),
  }
}
