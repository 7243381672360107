import type { Chart } from '../../charts/drawing/chart'
import { init } from '../../report/echarts'

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
