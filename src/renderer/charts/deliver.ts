/**
 * Puts something on the clipboard that may still have to be made: the clipboard opens only while a click is being answered,
 * and waits for it then. Rejects where the browser does not allow it.
 */
export async function copy(type: 'text/plain' | 'image/png', made: Promise<string | Blob>): Promise<void> {
  const blob = made.then((content) => (content instanceof Blob ? content : new Blob([content], { type })))
  await navigator.clipboard.write([new ClipboardItem({ [type]: blob })])
}

/** Hands the browser a session or a deck to save; the place is chosen there. */
export function saveJson(name: string, json: string): void {
  saveBlob(name, new Blob([json], { type: 'application/json' }))
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
