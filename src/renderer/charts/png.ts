import { isChart } from '../../charts/drawing/chart'
import type { Shown } from './shown'
import { paint } from './paint'
import { chartCanvas } from './still-chart'

/** How many pixels a saved picture has for each CSS pixel. */
const sharpness = 2

/** A picture as PNG, painted anew with the page's own fonts, on its ground. */
export async function pngOf(shown: Shown): Promise<Blob> {
  const canvas = canvasOf(shown)
  return new Promise((resolve, reject) => {
    canvas.toBlob((png) => {
      if (png) resolve(png)
      else reject(new Error(`a picture of ${canvas.width} x ${canvas.height} pixels is too large`))
    }, 'image/png')
  })
}

function canvasOf({ picture, ground }: Shown): HTMLCanvasElement {
  if (isChart(picture)) return chartCanvas(picture, ground, sharpness)
  const { width, height } = picture
  const canvas = document.createElement('canvas')
  const back = { kind: 'rect', x: 0, y: 0, width, height, fill: ground } as const
  paint(canvas, { ...picture, marks: [back, ...picture.marks] }, sharpness)
  return canvas
}
