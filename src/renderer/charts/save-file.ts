import { isChart } from '../../charts/chart'
import type { Shown } from './figure'
import { paint } from './paint'
import { chartCanvas } from './still-chart'

/** How many pixels a saved picture has for each CSS pixel. */
const sharpness = 3

/** Hands the browser a text to save; the place is chosen there. */
export function saveText(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }))
}

export function savePng(name: string, shown: Shown): void {
  void pngOf(shown).then((png) => saveBlob(name, png))
}

export function copyText(text: string): void {
  void navigator.clipboard.writeText(text)
}

/** The promise itself is handed over, because the clipboard opens only while the click is being answered. */
export function copyPng(shown: Shown): void {
  void navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(shown) })])
}

/** Hands the browser anything to save. */
export function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The download has begun once the current task is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

async function pngOf(shown: Shown): Promise<Blob> {
  const canvas = canvasOf(shown)
  return new Promise((resolve, reject) => {
    canvas.toBlob((png) => {
      if (png) resolve(png)
      else reject(new Error(`A picture of ${canvas.width} x ${canvas.height} pixels could not be made.`))
    }, 'image/png')
  })
}

/** Painted anew with the page's own fonts, on its ground. */
function canvasOf({ picture, ground }: Shown): HTMLCanvasElement {
  if (isChart(picture)) return chartCanvas(picture, ground, sharpness)
  const { width, height } = picture
  const canvas = document.createElement('canvas')
  const back = { kind: 'rect', x: 0, y: 0, width, height, fill: ground } as const
  paint(canvas, { ...picture, marks: [back, ...picture.marks] }, sharpness)
  return canvas
}
