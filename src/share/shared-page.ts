import type { AnalysisParams } from '../analyses/registry'
import type { AnyFigure, Chosen } from '../charts/figure'
import type { ModelInfo } from '../contract/contract'
import type { Answer } from '../report/answers'
import type { ReportPicture } from '../report/report-picture'

/**
 * What is shared with people who have no Carryscope: states to step through, each with what was found, pictures and numbers. First as
 * it is wanted, then as it was drawn.
 */
export interface SharedStates<Picture> {
  /** `The tour of sum-4digit`. */
  readonly title: string
  /** What it is, in a sentence. */
  readonly line: string
  readonly model: ModelInfo
  readonly states: readonly SharedState<Picture>[]
  /** More that is put into the page as JSON, by the id of its element. */
  readonly data: Readonly<Record<string, unknown>>
}

export interface SharedState<Picture> {
  readonly title: string
  readonly line: string
  /** What became of it, where it was checked; told in the contents too. */
  readonly verdict: Verdict | null
  /** What is known of it, name and words. */
  readonly facts: readonly Fact[]
  readonly pictures: readonly Picture[]
}

export interface Fact {
  readonly name: string
  readonly text: string
  /** Whether it is a command or a name of the program. */
  readonly code?: boolean
}

export interface Verdict {
  readonly kind: 'confirmed' | 'refuted' | 'unclear' | 'not asked'
  /** The numbers that it rests on, in their units. */
  readonly numbers: string
}

/** A picture that is wanted: a declared figure, and what its analysis is asked. */
export interface WantedPicture {
  readonly figure: AnyFigure
  readonly params: AnalysisParams
  /** What tells it from other pictures of the same figure; empty where nothing has to. */
  readonly caption: string
  /** The part that is shown, where the answer has it; else the one that the figure begins with. */
  readonly part?: string
  /** The answer digit that is looked at. */
  readonly focus?: number
  readonly chosen?: Chosen
}

export interface DrawnPicture extends WantedPicture {
  readonly picture: ReportPicture
}

/** A page whose pictures are drawn, with the answers that they were drawn from, each once. */
export interface DrawnPage extends SharedStates<DrawnPicture> {
  readonly answers: readonly Answer[]
}
