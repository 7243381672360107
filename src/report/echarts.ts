import { BarChart, CustomChart, HeatmapChart, LineChart } from 'echarts/charts'
import {
  DataZoomSliderComponent,
  GraphicComponent,
  GridComponent,
  LegendPlainComponent,
  TitleComponent,
  VisualMapContinuousComponent,
} from 'echarts/components'
import { graphic, init, setPlatformAPI, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'

// Only what the builders' options name. The SVG renderer saves figures; on screen everything is canvas.
use([
  BarChart,
  CustomChart,
  HeatmapChart,
  LineChart,
  DataZoomSliderComponent,
  GraphicComponent,
  GridComponent,
  LegendPlainComponent,
  TitleComponent,
  VisualMapContinuousComponent,
  CanvasRenderer,
  SVGRenderer,
])

/** What ECharts collects a shape's outline in; its own type is not published. */
interface Outline {
  moveTo(x: number, y: number): unknown
  lineTo(x: number, y: number): unknown
  closePath(): unknown
  rect(x: number, y: number, width: number, height: number): unknown
}

interface Strokes {
  readonly paths: readonly (readonly number[])[]
  readonly closed: boolean
}

interface Squares {
  readonly places: readonly number[]
  readonly size: number
}

/** Lines from point to point, x and y by turns; any number of them are one element. */
function outlineStrokes(outline: Outline, { paths, closed }: Strokes): void {
  for (const path of paths) {
    outline.moveTo(path[0]!, path[1]!)
    for (let index = 2; index < path.length; index += 2) outline.lineTo(path[index]!, path[index + 1]!)
    if (closed) outline.closePath()
  }
}

/** Many small squares, x and y of their middles by turns, as one element. */
function outlineSquares(outline: Outline, { places, size }: Squares): void {
  for (let index = 0; index < places.length; index += 2)
    outline.rect(places[index]! - size / 2, places[index + 1]! - size / 2, size, size)
}

const strokes = { shape: { paths: [], closed: false }, buildPath: outlineStrokes }
const squares = { shape: { places: [], size: 1 }, buildPath: outlineSquares }
graphic.registerShape('strokes', graphic.extendShape(strokes))
graphic.registerShape('squares', graphic.extendShape(squares))

export { init, setPlatformAPI }
