/**
 * Makes the `data-item` elements of a region one stop for Tab, with arrow keys to move among them: to the nearest in that
 * direction, by where they stand on the screen. To be attached to the region's element.
 */
export function region(element: HTMLElement): () => void {
  const items = () => [...element.querySelectorAll<HTMLElement>('[data-item]')]

  const settle = () => {
    const all = items()
    const stop =
      all.find((item) => item === document.activeElement) ?? all.find((item) => item.tabIndex === 0) ?? all[0]
    for (const item of all) item.tabIndex = item === stop ? 0 : -1
  }

  const keydown = (event: KeyboardEvent) => {
    const direction = directions[event.key]
    const from = (event.target as HTMLElement).closest<HTMLElement>('[data-item]')
    if (!direction || !from || event.altKey || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    nearest(from, items(), direction)?.focus()
  }

  settle()
  element.addEventListener('keydown', keydown)
  element.addEventListener('focusin', settle)
  const observer = new MutationObserver(settle)
  observer.observe(element, { childList: true, subtree: true })
  return () => {
    element.removeEventListener('keydown', keydown)
    element.removeEventListener('focusin', settle)
    observer.disconnect()
  }
}

type Direction = readonly [x: number, y: number]

const directions: Readonly<Record<string, Direction>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
}

/** The item ahead in a direction that is closest, where a step aside counts three times. */
function nearest(from: HTMLElement, items: readonly HTMLElement[], [x, y]: Direction): HTMLElement | undefined {
  const start = middleOf(from)
  const ahead = items.flatMap((item) => {
    const place = middleOf(item)
    const [dx, dy] = [place.x - start.x, place.y - start.y]
    const along = dx * x + dy * y
    return along > 1 ? [{ item, cost: along + 3 * Math.abs(dx * y + dy * x) }] : []
  })
  return ahead.toSorted((first, second) => first.cost - second.cost)[0]?.item
}

function middleOf(element: HTMLElement): { x: number; y: number } {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { x: left + width / 2, y: top + height / 2 }
}
