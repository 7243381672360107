import {
  baselineShift,
  haloWidth,
  type Drawing,
  type Mark,
  type Paint,
  type Points,
  type Sector,
  type Text,
} from './drawing'
import { fonts } from './display'

/** A drawing as an SVG document, on a ground of the given colour. Coordinates are rounded to a hundredth of a pixel. */
export function drawingSvg({ width, height, marks }: Drawing<unknown>, ground: string): string {
  const size = `width="${number(width)}" height="${number(height)}" viewBox="0 0 ${number(width)} ${number(height)}"`
  const face = `font-family="${fonts.sans}"`
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${face}>`,
    `<rect width="${number(width)}" height="${number(height)}" fill="${ground}"/>`,
    ...marks.map(element),
    '</svg>',
  ]
  return `${lines.join('\n')}\n`
}

function element(mark: Mark): string {
  switch (mark.kind) {
    case 'rect': {
      const box = attributes({
        x: mark.x,
        y: mark.y,
        width: mark.width,
        height: mark.height,
        ...(mark.radius ? { rx: mark.radius } : {}),
      })
      return `<rect ${box}${paint(mark)}/>`
    }
    case 'lines':
      return `<path d="${mark.paths.map((path) => route(path) + (mark.closed ? 'Z' : '')).join('')}"${paint(mark)}/>`
    case 'circle':
      return `<circle ${attributes({ cx: mark.x, cy: mark.y, r: mark.radius })}${paint(mark)}/>`
    case 'points':
      return points(mark)
    case 'sector':
      return `<path d="${slice(mark)}"${paint(mark)}/>`
    case 'text':
      return text(mark)
  }
}

/** Steps to a pixel in which many points are placed. */
const fineness = 4

/**
 * Strokes without length, whose square or round ends are the points: thousands of them, so in whole quarters of a pixel, each from the
 * one before, and where several fall together once, which looks the same because the path is painted as one.
 */
function points({ places, size, round, fill, opacity }: Points): string {
  const steps = (place: number) => Math.round(place * fineness)
  const spots = new Map<string, readonly [x: number, y: number]>()
  for (let index = 0; index < places.length; index += 2) {
    const spot = [steps(places[index]!), steps(places[index + 1]!)] as const
    spots.set(spot.join(' '), spot)
  }
  let [lastX, lastY] = [0, 0]
  const ends = [...spots.values()]
    .sort(([x1, y1], [x2, y2]) => y1 - y2 || x1 - x2)
    .map(([x, y]) => {
      const step = `m${x - lastX} ${y - lastY}h0`
      ;[lastX, lastY] = [x, y]
      return step
    })
  const faint = opacity === undefined ? '' : ` stroke-opacity="${number(opacity)}"`
  const style = `stroke="${fill}" stroke-width="${number(size * fineness)}" stroke-linecap="${round ? 'round' : 'square'}"${faint}`
  return `<path transform="scale(${1 / fineness})" d="${ends.join('')}" fill="none" ${style}/>`
}

function text(mark: Text): string {
  const place = attributes({ x: mark.x, y: mark.y + mark.size * baselineShift })
  const face = mark.font === 'mono' ? ` font-family="${fonts.mono}"` : ''
  const weight = mark.weight ? ` font-weight="${mark.weight}"` : ''
  const anchor = mark.anchor ? ` text-anchor="${mark.anchor}"` : ''
  const halo = mark.halo ? ` stroke="${mark.halo}" stroke-width="${haloWidth}" paint-order="stroke"` : ''
  const style = `font-size="${number(mark.size)}"${weight}${anchor} fill="${mark.fill}"${halo}`
  return `<text ${place}${face} ${style}>${escape(mark.text)}</text>`
}

function paint({ fill, stroke, strokeWidth, dash }: Paint): string {
  const outline = stroke ? ` stroke="${stroke}" stroke-width="${number(strokeWidth ?? 1)}"` : ''
  return ` fill="${fill ?? 'none'}"${outline}${dash ? ` stroke-dasharray="${dash.map(number).join(' ')}"` : ''}`
}

function route(path: readonly number[]): string {
  return path.map((value, index) => (index % 2 === 0 ? (index === 0 ? 'M' : 'L') : ' ') + number(value)).join('')
}

function slice({ x, y, radius, from, to }: Sector): string {
  const point = (angle: number) => `${number(x + radius * Math.cos(angle))} ${number(y - radius * Math.sin(angle))}`
  const arc = `A${number(radius)} ${number(radius)} 0 ${to - from > Math.PI ? 1 : 0} 0 ${point(to)}`
  return `M${number(x)} ${number(y)}L${point(from)}${arc}Z`
}

function attributes(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${number(value)}"`)
    .join(' ')
}

/** Never `-0`, never a long tail. */
function number(value: number): string {
  return String(Math.round(value * 100) / 100 + 0)
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
