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
  arc(x: number, y: number, radius: number, from: number, to: number): unknown
}

interface Strokes {
  readonly paths: readonly (readonly number[])[]
  readonly closed: boolean
}

interface Points {
  readonly places: readonly number[]
  readonly size: number
  readonly round: boolean
}

/** Lines from point to point, x and y by turns; any number of them are one element. */
function outlineStrokes(outline: Outline, { paths, closed }: Strokes): void {
  for (const path of paths) {
    outline.moveTo(path[0]!, path[1]!)
    for (let index = 2; index < path.length; index += 2) outline.lineTo(path[index]!, path[index + 1]!)
    if (closed) outline.closePath()
  }
}

/** Many small squares or discs, x and y of their middles by turns, as one element. */
function outlinePoints(outline: Outline, { places, size, round }: Points): void {
  for (let index = 0; index < places.length; index += 2) {
    const [x, y] = [places[index]!, places[index + 1]!]
    if (!round) outline.rect(x - size / 2, y - size / 2, size, size)
    else {
      outline.moveTo(x + size / 2, y)
      outline.arc(x, y, size / 2, 0, 2 * Math.PI)
    }
  }
}

const strokes = { shape: { paths: [], closed: false }, buildPath: outlineStrokes }
const points = { shape: { places: [], size: 1, round: false }, buildPath: outlinePoints }
graphic.registerShape('strokes', graphic.extendShape(strokes))
graphic.registerShape('points', graphic.extendShape(points))

export { init, setPlatformAPI }
