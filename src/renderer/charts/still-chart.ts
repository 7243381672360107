import type { Chart } from '../../charts/chart'
import { init } from './echarts'

/** A chart drawn once more, as an SVG document on a ground of the given colour. */
export function chartSvg({ width, height, option }: Chart<unknown>, ground: string): string {
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    instance.setOption({ ...option, backgroundColor: ground })
    return instance.renderToSVGString()
  } finally {
    instance.dispose()
  }
}

/** A chart painted on a canvas of its size, with so many pixels for each CSS pixel. */
export function chartCanvas(
  { width, height, option }: Chart<unknown>,
  ground: string,
  pixelRatio: number,
): HTMLCanvasElement {
  const instance = init(document.createElement('div'), null, { renderer: 'canvas', width, height })
  try {
    instance.setOption(option)
    return instance.renderToCanvas({ pixelRatio, backgroundColor: ground })
  } finally {
    instance.dispose()
  }
}
