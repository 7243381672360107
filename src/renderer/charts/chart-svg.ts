import type { EChartsOption } from 'echarts'
import { init } from './echarts'

/** An option drawn once more, as an SVG document on a ground of the given colour. */
export function chartSvg(
  option: EChartsOption,
  { width, height }: { readonly width: number; readonly height: number },
  ground: string,
): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ ...option, backgroundColor: ground })
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}
