import { isChart, type AnyPicture, type Chart } from '../charts/chart'
import { drawingSvg } from '../charts/drawing-svg'
import { init } from './echarts'

/** A picture as an SVG document on a ground of the given colour. Needs neither a window nor a page. */
export function figureSvg(picture: AnyPicture<unknown>, ground: string): string {
  return isChart(picture) ? chartSvg(picture, ground) : drawingSvg(picture, ground)
}

function chartSvg({ width, height, option }: Chart<unknown>, ground: string): string {
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    instance.setOption({ ...option, backgroundColor: ground })
    return instance.renderToSVGString()
  } finally {
    instance.dispose()
  }
}
