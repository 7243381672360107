import type { AnalysisResult } from '../../analyses/analysis'
import type { AnalysisParams } from '../../analyses/registry'
import type { AnyPicture } from '../../charts/drawing/chart'
import type { Closure } from '../../charts/drawing/closure'
import type { RunNames } from '../../charts/drawing/run-names'
import type { Table } from '../../charts/drawing/table'
import type { AnyFigure, FixedFigure } from '../../charts/figure'
import type { Explorer } from '../state/explorer.svelte'

/** A picture and the colour of the panel that it stands on. */
export interface Shown {
  readonly picture: AnyPicture<unknown>
  readonly ground: string
}

/** What a panel shows at this moment. */
export interface FigureState {
  readonly figure: AnyFigure | FixedFigure
  /** What was asked; null while nothing can be. */
  readonly params: AnalysisParams | null
  /** The answer; null where it has to be asked for once more, because the panel got its numbers in another way. */
  readonly result: AnalysisResult | null
  readonly table: Table | null
  /** What its two runs are called now, where it shows the runs of the sum on screen, which may be a preview. */
  readonly names?: RunNames
  /** The part shown, for the names of files. */
  readonly part?: string
  readonly closure?: Closure | null
  /** Where no analysis answers it: the command that gives its numbers, and what that writes with `--json`. */
  readonly given?: { readonly command: string; readonly json: () => string }
}

/** Whether a figure is an analysis's. */
export function isAsked(figure: AnyFigure | FixedFigure): figure is AnyFigure {
  return 'analysis' in figure
}

/** A figure that can leave the window. */
export interface Takeable {
  readonly explorer: Explorer
  readonly now: FigureState
  /** The step of a training that it is of, `step 500`; empty where of none. */
  readonly step: string
  /** Its numbers, with the runs called by their names. */
  readonly table: Table | null
  /** The picture on screen; null while there is none. */
  readonly shown: (() => Shown) | null
}
