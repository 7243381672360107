/** How many pixels a saved picture has for each CSS pixel. */
const sharpness = 3

/** Hands the browser a text to save; the place is chosen there. */
export function saveText(name: string, type: string, text: string): void {
  saveBlob(name, new Blob([text], { type }))
}

export function savePng(name: string, svg: string): void {
  void pngOf(svg).then((png) => saveBlob(name, png))
}

export function copyText(text: string): void {
  void navigator.clipboard.writeText(text)
}

/** The picture is made after the promise was handed over, because only a click may write to the clipboard. */
export function copyPng(svg: string): void {
  void navigator.clipboard.write([new ClipboardItem({ 'image/png': pngOf(svg) })])
}

function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The download has begun once the current task is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 1000)
}

/** An image document cannot see the page's fonts, so the picture is drawn with those that the system has. */
async function pngOf(svg: string): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = new OffscreenCanvas(image.width * sharpness, image.height * sharpness)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/png' })
}
