import type { Direction } from '../../charts/drawing/navigation'

const directions: Readonly<Partial<Record<string, Direction>>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

/** The way that an arrow key points; null for other keys and for shortcuts. */
export function directionOf(event: KeyboardEvent): Direction | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null
  return directions[event.key] ?? null
}
