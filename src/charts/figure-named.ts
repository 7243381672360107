import type { AnyFigure } from './figure'
import { figures } from './registry'

/** The declared figure with this id. Throws RangeError where there is none. */
export function figureNamed(id: string): AnyFigure {
  const figure = figures.find((each) => each.id === id)
  if (!figure) throw new RangeError(`There is no figure "${id}".`)
  return figure
}
