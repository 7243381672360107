import { isChart, type AnyPicture, type Chart } from '../charts/drawing/chart'
import { baselineShift } from '../charts/drawing/drawing'
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
    return withOwnIds(withPlainTexts(still(instance.renderToSVGString())))
  } finally {
    instance.dispose()
  }
}

/** The rest of a box after its first corner. */
const box = /l(\d[\d.]*) 0l0 (\d[\d.]*)l-\1 0Z/g

/** Without what only matters to an SVG that answers to the pointer, and with what is drawn to a tenth of a pixel. */
function still(svg: string): string {
  return (
    svg
      .replace(/<style[^>]*>[^]*?<\/style>/, '')
      .replaceAll(/ (?:class|ecmeta_\w+|pointer-events|version|baseProfile)="[^"]*"/g, '')
      .replaceAll(/>\s*<\/(?:path|rect|circle)>/g, '/>')
      .replaceAll(box, 'h$1v$2h-$1z')
      .replaceAll(/ d="[^"]*"/g, (path) =>
        path.replaceAll(/\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1)))),
      )
      // Of places and sizes, never of what is written: `0.001` is a number on an axis.
      .replaceAll(/="[^"]*"/g, (value) =>
        value.replaceAll(/\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100)),
      )
  )
}

/**
 * Level texts as those of drawings: their place first, on the base line rather than in the middle, which not every program
 * knows, and how they look in attributes, which a page of many pictures writes once.
 */
function withPlainTexts(svg: string): string {
  return svg.replaceAll(/<text ([^>]*)>/g, (whole, all: string) => {
    const found = (name: string) => new RegExp(`(?:^|[ ;"])${name}(?:="|:)([^";]*)`).exec(all)?.[1]
    const moved = /transform="translate\(([-\d.]+) ([-\d.]+)\)"/.exec(all)
    if (all.includes('transform') && !moved) return whole
    const size = Number.parseFloat(found('font-size') ?? '12')
    const base = all.includes('dominant-baseline="central"') ? baselineShift * size : 0
    const at = (...values: number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) * 100) / 100
    const [x, y] = [
      at(Number(found('x') ?? 0), Number(moved?.[1] ?? 0)),
      at(Number(found('y') ?? 0), Number(moved?.[2] ?? 0), base),
    ]
    const names = ['text-anchor', 'font-family', 'font-weight', 'fill', 'stroke', 'stroke-width', 'paint-order']
    const look = names.flatMap((name) => (found(name) === undefined ? [] : [`${name}="${found(name)}"`]))
    return `<text x="${x}" y="${y}" font-size="${size}" ${look.join(' ')}>`
  })
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
