import { BarChart, CustomChart, HeatmapChart } from 'echarts/charts'
import { GraphicComponent, GridComponent, VisualMapContinuousComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer, SVGRenderer } from 'echarts/renderers'

// Only what the builders' options name. The SVG renderer saves figures; on screen everything is canvas.
use([
  BarChart,
  CustomChart,
  HeatmapChart,
  GraphicComponent,
  GridComponent,
  VisualMapContinuousComponent,
  CanvasRenderer,
  SVGRenderer,
])

export { init }
