import type { EverySum } from '../../contract/exhaustive'
import type { Sum } from '../../core/sum'
import type { TaskLayout } from '../../core/task-layout'
import type { MarginScale } from './margin-scale'

/** What the map of every sum shows. */
export interface MapInput {
  readonly every: EverySum | null
  readonly layout: TaskLayout
  readonly scale: MarginScale
  /** Shade by margin, or only what is wrong. */
  readonly measure: 'margin' | 'wrong'
  /** The sum on screen. */
  readonly sum: Sum | null
  /** Cells whose smallest margin is outside are dimmed. */
  readonly range: readonly [number, number] | null
  /** Cells without sums of this column pattern are dimmed. */
  readonly pattern: string | null
}

/** Where the cells stand: the side of one, and the corner of the first. */
export interface MapPlace {
  readonly cell: number
  readonly left: number
  readonly top: number
}
