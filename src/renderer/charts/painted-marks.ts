import type { CustomSeriesOption, EChartsOption, SeriesOption } from 'echarts'
import type { EChartsType } from 'echarts/core'
import type { Chart } from '../../charts/drawing/chart'
import type { Mark } from '../../charts/drawing/drawing'
import { isMarkSeries, type MarkSeries } from '../../charts/echarts/marks'
import { paint } from './paint'
import { namesApart } from './painted-names'

/** A series of marks as it is on screen. */
interface Painted {
  readonly canvas: HTMLCanvasElement
  readonly size: string
  readonly series: CustomSeriesOption
  readonly marks: readonly Mark[]
}

/**
 * The marks of one chart on screen, each series painted on a canvas of its own that ECharts shows as a single image, and
 * the names around them on the first. Cells with their figures come by the hundred at every keystroke, and ECharts makes every
 * name anew: as its own elements all that takes five times as long. Files and the report have the elements.
 */
export class PaintedMarks {
  readonly #painted = new Map<string, Painted>()

  /**
   * Paints the marks of a chart, those that are the same as before excepted. Returns its option with the images in their place: the
   * same ones whatever the marks are, for as long as their size is.
   */
  optionOf({ width, height, option }: Chart<unknown>, pixelRatio: number): EChartsOption {
    const all: readonly SeriesOption[] = Array.isArray(option.series) ? option.series : []
    const first = all.find(isMarkSeries)
    if (!first) return option
    const { rest, names } = namesApart(option)
    const size = `${width} x ${height} at ${pixelRatio}`
    const series = all.map((one) => {
      if (!isMarkSeries(one)) return one
      const marks = one === first ? [...names, ...one.marks] : one.marks
      const known = this.#painted.get(one.id)
      if (known?.size === size && isSame(known.marks, marks)) return known.series
      const canvas = known?.canvas ?? document.createElement('canvas')
      paint(canvas, { width, height, marks, targets: [] }, pixelRatio)
      // Told of nothing, ECharts would stretch an image of another size to that of the one before.
      const series = known?.size === size ? known.series : imageSeries(one, canvas, pixelRatio)
      this.#painted.set(one.id, { canvas, size, series, marks })
      return series
    })
    return { ...rest, series }
  }

  /** Has an instance show what was painted since it was last told anything, at once or with the next frame. */
  refresh(instance: EChartsType, lazily: boolean): void {
    const zr = instance.getZr()
    for (const shape of zr.storage.getDisplayList()) if (shape.type === 'image') shape.dirty()
    if (!lazily) zr.refreshImmediately()
  }
}

/** Whether marks are those that were painted: the same ones, not such as look the same. */
function isSame(marks: readonly Mark[], others: readonly Mark[]): boolean {
  return marks.length === others.length && marks.every((mark, index) => mark === others[index])
}

/** As many CSS pixels as the canvas has: of a size that is no whole number of the screen's pixels it would else be blurred. */
function imageSeries(
  { marks: _, ...series }: MarkSeries,
  canvas: HTMLCanvasElement,
  pixelRatio: number,
): CustomSeriesOption {
  const renderItem = () => ({
    type: 'image' as const,
    style: { image: canvas, x: 0, y: 0, width: canvas.width / pixelRatio, height: canvas.height / pixelRatio },
  })
  return { ...series, renderItem }
}
