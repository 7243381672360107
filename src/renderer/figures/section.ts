import type { AnyFigure } from '../../charts/figure'
import { figureNamed } from '../../charts/figure-named'

/** A figure and how much of the three-column grid it takes; one column and one row where nothing is said. */
export interface Place {
  readonly figure: AnyFigure
  readonly columns?: 1 | 2 | 3
  readonly rows?: 0.5 | 1 | 1.5 | 2
}

/** Figures that answer one question, under a heading. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly question: string
  readonly places: readonly Place[]
}

/** The declared figure with this id, and its place. Throws RangeError where there is none. */
export function place(id: string, columns: 1 | 2 | 3 = 1, rows: 0.5 | 1 | 1.5 | 2 = 1): Place {
  return { figure: figureNamed(id), columns, rows }
}
