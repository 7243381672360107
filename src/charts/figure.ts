import type { Analysis, AnalysisResult } from '../analyses/analysis'
import type { AboutOf, AnalysisId, AnalysisParams, ParamsOf, ResultOf } from '../analyses/registry'
import type { Head } from '../core/heads'
import type { Sum } from '../core/sum'
import type { TaskLayout } from '../core/task-layout'
import type { ModelConfig } from '../model/config'
import type { Intervention } from '../model/intervention'
import type { AnyPicture } from './drawing/chart'
import type { Closure } from './drawing/closure'
import type { Display } from './drawing/display'
import type { Note } from './drawing/note'
import type { RunNames } from './drawing/run-names'
import type { Table } from './drawing/table'
import { usualOf, type FigureDefinition, type WrittenDefinition } from './figure-definition'
import type { ThisSum } from './this-sum'

/**
 * A figure declared as data: which analysis is asked, which of the answer's parts it shows, how these are drawn, and what has
 * to be said with it. The window, the report and the tests all draw figures from these declarations.
 */
interface Declared<Id extends string, About, Params, Result, Definition = FigureDefinition> {
  /** `gram`: names its files, its anchor and what is chosen in it. No two figures share one. */
  readonly id: string
  readonly title: string
  /** Id of the analysis. */
  readonly analysis: Id
  /** As the analysis has it: what it has to be told beside `params`. */
  readonly about: About
  readonly params?: Partial<Params>
  /** Whether the analysis is also asked under the interventions that are active. */
  readonly intervened?: boolean
  /** Whether it runs the model and always the clean one, whatever interventions act. */
  readonly clean?: boolean
  /**
   * Whether its analysis ablates by itself and takes means over the sums that are chosen for everything on screen. The published
   * notebook's tables take them over the sums that run.
   */
  readonly means?: boolean
  /** Whether its analysis is asked of every checkpoint of the training, and `show` gets the results as one (`OverSteps`). */
  readonly overSteps?: boolean
  /** Whether it shows the clean answer beside that under interventions. */
  readonly compares?: boolean
  /** Whether it marks the sum on screen, and so is drawn anew with every sum. */
  readonly marksSum?: boolean
  /** Whether it marks the class of the sum on screen. */
  readonly marksClass?: boolean
  /** How many layers a model must have for it to mean anything; one when absent. */
  readonly leastLayers?: number
  /** How many heads a model may have for it to be asked; any number when absent. */
  readonly mostHeads?: number
  /** The cells of the published notebook that show it, by execution count; absent where none does. */
  readonly cells?: readonly number[]
  readonly definition: Definition
  /** CSS pixels of its pictures in a report, where the usual ones would be too small. */
  readonly size?: { readonly width: number; readonly height: number }
  /** A figure of which one part is shown at a time, as one head; the report shows all. */
  readonly parts?: FigureParts<Result>
  /** What can be asked or shown in more than one way, chosen in the figure's place. */
  readonly choices?: readonly FigureChoice<Params>[]
  show(answer: Answer<Result, Params>): ShownFigure
}

/** A figure of one analysis, typed by what that can be told and answers. */
export type Figure<Id extends AnalysisId> = Declared<Id, AboutOf<Id>, ParamsOf<Id>, ResultOf<Id>>

/** Any figure, for what draws figures without knowing which. */
export type AnyFigure = Declared<AnalysisId, Analysis['about'], AnalysisParams, AnalysisResult>

/** A figure of what no analysis answers, but another part of the program: what is told of it, and named after it. */
export type FixedFigure = Pick<AnyFigure, 'id' | 'title' | 'definition' | 'cells'>

/** A figure as it is written down: its definition leaves out what is usual for what it is about. */
export type WrittenFigure<Id extends AnalysisId> = Declared<
  Id,
  AboutOf<Id>,
  ParamsOf<Id>,
  ResultOf<Id>,
  WrittenDefinition
>

/** Declares a figure: what it reads of its result and asks of its analysis is held against that analysis. */
export function defineFigure<const Id extends AnalysisId>(figure: WrittenFigure<Id>): AnyFigure {
  return { ...figure, definition: { ...usualOf[figure.about], ...figure.definition } }
}

/** What is known of a figure's surroundings when it is drawn. */
export interface Around<Result = AnalysisResult> {
  /** How the model writes sums. */
  readonly layout: TaskLayout
  /** What is chosen, by kind; also of kinds that are no choice of the figure, as the column that sorts. */
  readonly chosen?: Chosen
  /**
   * The clean answer, where `result` may be one under interventions and both are shown. The same object as `result` where
   * nothing was intervened on.
   */
  readonly clean?: Result | null
  /** What those two are called. */
  readonly names?: RunNames
  /** Whether their difference is shown in place of the second. */
  readonly delta?: boolean
  /** Whether probabilities are shown as their logarithms. */
  readonly logs?: boolean
  /** The answer digit that is looked at, 0 is C0; null for none. */
  readonly focus?: number | null
  /** The sum on screen, for a figure of many sums that marks it; null or absent where there is none. */
  readonly here?: ThisSum | null
  /** The column pattern of the sum on screen, `KGPG`, for a figure that marks it; null or absent where there is none. */
  readonly pattern?: string | null
}

/** A result to be shown, with what led to it and what surrounds it. */
export interface Answer<Result = AnalysisResult, Params = AnalysisParams> extends Around<Result> {
  readonly result: Result
  readonly params: Params
  /** One of the figure's `parts`, and ignored by a figure without. */
  readonly part: string
}

export type AnswerTo<Id extends AnalysisId> = Answer<ResultOf<Id>, ParamsOf<Id>>

export type Chosen = Readonly<Record<string, string>>

/** One thing to choose. Figures whose choices are of one kind are set together. */
export interface FigureChoice<Params = AnalysisParams> {
  /** `mode`. */
  readonly kind: string
  /** What is chosen, for those who do not see it: `replaced by`. */
  readonly label: string
  /** The usual one first. */
  readonly options: readonly FigureOption<Params>[]
}

export interface FigureOption<Params = AnalysisParams> {
  readonly name: string
  /** What it adds to the question; nothing where the same answer is drawn in another way. */
  readonly params?: Partial<Params>
  /** Whether a report shows it too; it always shows the usual one. */
  readonly reported?: boolean
}

export interface FigureParts<Result = AnalysisResult> {
  /** What a part is. Figures of one kind show the same part; `digit` follows the focus digit. */
  readonly kind: string
  of(result: Result): readonly string[]
  /** The part to begin with; the first where it is not told. */
  first?(result: Result): string
  /** Whether all are in the picture and the chosen one is marked in it: it is chosen there, and a report shows it once. */
  readonly together?: boolean
}

/** A figure of one result. */
export interface ShownFigure<Datum = unknown> {
  /** What the picture shows, for those who do not see it. */
  readonly label: string
  readonly table: Table
  /** What the data say, in a sentence or two. */
  readonly finding: string
  /** How far what should add up does not, where anything should. */
  readonly closure?: Closure
  /** Null where the numbers are read as a table. */
  readonly draw: ((display: Display) => AnyPicture<Datum>) | null
  note(datum: Datum): Note
  /** What a datum is about, to be marked in other figures too. */
  subject?(datum: Datum): Subject
  /**
   * What a click on a datum does, if it is more than to show what the datum is about. A figure that is read as a table has the
   * indices of its rows for data.
   */
  act?(datum: Datum): Act | null
  /** The rows that must be legible, 14 px each; more than fit can be scrolled. */
  readonly rows?: number
}

/** What a figure is that is read as a table: there is nothing to point at. */
export const readAsTable = { draw: null, note: (): Note => ({ subject: '', lines: [] }) } as const

/** What a click does. What it changes in the question is one step that can be undone. */
export interface Act {
  /** Said before the click: `mean-ablate H0.1 K in Explore`. */
  readonly words: string
  /** Added from now on, in place of whatever acts at the same place. */
  readonly interventions?: readonly Intervention[]
  readonly sum?: Sum
  readonly subset?: string
  /** What means are then over, so that everything shows the number that was clicked. */
  readonly meanOver?: NonNullable<AnalysisParams['meanOver']>
  /** Whether the interventions take the place of all that act: the number that was clicked is theirs alone. */
  readonly alone?: boolean
  /** Opened large in Explore. */
  readonly head?: Head
  /** The answer digit that is then looked at. */
  readonly focus?: number
  /** What is chosen in figures, by kind. */
  readonly chosen?: Chosen
}

/** What one datum is about. Two data about the same digit, dimension or head are marked together. */
export interface Subject {
  /** A digit as output: `7`. */
  readonly digit?: string
  /** A digit as input: `7`. */
  readonly digitIn?: string
  /** An index along d_model. */
  readonly dimension?: string
  /** `H1.0`, or the two heads of a circuit: `H0.1 → H1.0`. */
  readonly head?: string
  readonly query?: string
  readonly key?: string
}

/** Whether two data are about the same thing in any respect. */
export function sharesSubject(one: Subject, other: Subject): boolean {
  const names = ['digit', 'digitIn', 'dimension', 'head', 'query', 'key'] as const
  const shared = names.filter((name) => one[name] !== undefined && other[name] !== undefined)
  return shared.length > 0 && shared.every((name) => one[name] === other[name])
}

/** The figures that mean something for a model. */
export function figuresOf(
  figures: readonly AnyFigure[],
  { n_layers, n_heads }: Pick<ModelConfig, 'n_layers' | 'n_heads'>,
): readonly AnyFigure[] {
  return figures.filter(
    ({ leastLayers = 1, mostHeads = Infinity }) => n_layers >= leastLayers && n_layers * n_heads <= mostHeads,
  )
}

/** The parts of a figure of a result: a figure without parts is a single, nameless one. */
export function partsOf({ parts }: AnyFigure, result: AnalysisResult): readonly string[] {
  return parts ? parts.of(result) : ['']
}

/** What is chosen in a figure: what was kept where the figure has that option, else the usual one. */
export function chosenIn({ choices = [] }: AnyFigure, kept: Chosen): Chosen {
  const chosen = choices.map(({ kind, options }) => {
    const known = options.find(({ name }) => name === kept[kind]) ?? options[0]!
    return [kind, known.name] as const
  })
  return { ...kept, ...Object.fromEntries(chosen) }
}
