import { isChart, type AnyPicture, type Chart } from '../charts/drawing/chart'
import { drawingSvg } from '../charts/drawing/drawing-svg'
import { init } from './echarts'

/** A picture as an SVG document on a ground of the given colour. Needs neither a window nor a page. */
export function figureSvg(picture: AnyPicture<unknown>, ground: string): string {
  return withWholeWeights(isChart(picture) ? chartSvg(picture, ground) : drawingSvg(picture, ground))
}

/** Font weights in hundreds, which some programs take alone: on screen the fonts have every weight between. */
function withWholeWeights(svg: string): string {
  return svg.replaceAll(/(font-weight(?:="|:\s*))(\d+)/g, (_, before: string, weight: string) => {
    return `${before}${Math.round(Number(weight) / 100) * 100}`
  })
}

function chartSvg({ width, height, option }: Chart<unknown>, ground: string): string {
  const instance = init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    instance.setOption({ ...option, backgroundColor: ground })
    return withOwnIds(still(instance.renderToSVGString()))
  } finally {
    instance.dispose()
  }
}

/** Without what only matters to an SVG that answers to the pointer, and with coordinates to a hundredth of a pixel. */
function still(svg: string): string {
  return svg
    .replace(/<style[^>]*>[^]*?<\/style>/, '')
    .replaceAll(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
    .replaceAll(/\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100))
}

/**
 * ECharts counts the charts drawn before into the ids. Taken from the content instead, they are the same for the same chart
 * and different for others, so that any number of charts can stand in one page.
 */
function withOwnIds(svg: string): string {
  const plain = svg.replaceAll(/zr\d+-/g, 'zr-')
  return plain.replaceAll('zr-', `zr${checksum(plain)}-`)
}

/** FNV-1a, 32 bits, hex. */
function checksum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
