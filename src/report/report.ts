import type { AnalysisResult } from '../analyses/analysis'
import type { AnalysisParams } from '../analyses/registry'
import type { Closure } from '../charts/drawing/closure'
import { figuresOf, partsOf, type AnyFigure } from '../charts/figure'
import { tokens, type Theme } from '../charts/drawing/tokens'
import type { Table } from '../charts/drawing/table'
import type { ModelInfo } from '../contract/contract'
import type { TaskLayout } from '../core/task-layout'
import { figureSvg } from './figure-svg'
import { questionKey, questionsOf, type Question, type ReportSubject } from './questions'

/** Everything that a report says, before it is written down. */
export interface Report {
  readonly model: ModelInfo
  readonly sections: readonly Section[]
  /** Each answer once, however many figures show it. */
  readonly answers: readonly Answer[]
}

/** A declared figure with all that it is shown for. */
export interface Section {
  readonly figure: AnyFigure
  readonly variants: readonly Variant[]
}

export interface Variant extends Question {
  readonly pictures: readonly ReportPicture[]
}

/** One part of a figure of one answer. */
export interface ReportPicture {
  /** The part, such as the head; empty where the figure has none. */
  readonly part: string
  /** What it shows, for those who do not see it. */
  readonly label: string
  readonly finding: string | undefined
  readonly closure: Closure | undefined
  /** An SVG document; null where the numbers are read as a table. */
  readonly svg: string | null
  /** The same in dark colours. */
  readonly dark: string | null
  readonly table: Table
}

export interface Answer {
  readonly analysis: string
  readonly params: AnalysisParams
  readonly result: AnalysisResult
}

/** How a report gets its answers and gives way. */
export interface ReportWork {
  /** Asks the engine; calls may run side by side. */
  readonly ask: (analysis: string, params: AnalysisParams, overSteps: boolean) => Promise<AnalysisResult>
  readonly progress: (done: number, total: number) => void
  /** Awaited between figures, where drawing would hold up something else. */
  readonly giveWay: () => Promise<void>
}

/** CSS pixels; a figure may declare others. */
const pictureSize = { width: 520, height: 340 } as const

/** Asks for every figure's answers, all at once, and draws them in the figures' order. Fails with the first that fails. */
export async function makeReport(
  figures: readonly AnyFigure[],
  model: ModelInfo,
  work: ReportWork,
  subject: ReportSubject = {},
): Promise<Report> {
  const asked = figuresOf(figures, model.config).map((figure) => ({
    figure,
    questions: questionsOf(figure, model.config, subject),
  }))
  const total = asked.reduce((sum, { questions }) => sum + questions.length, 0)
  const answers = new Map<string, Promise<Answer>>()
  const answerTo = (question: Question) => {
    const { analysis, params, overSteps } = question
    const key = questionKey(question)
    const answer =
      answers.get(key) ?? work.ask(analysis, params, overSteps).then((result) => ({ analysis, params, result }))
    answers.set(key, answer)
    return answer
  }
  // Asked before the first is awaited, so that several processes can share them; a failure is met where it is awaited.
  for (const { questions } of asked) for (const question of questions) answerTo(question).catch(() => {})
  const sections: Section[] = []
  let done = 0
  for (const { figure, questions } of asked) {
    const variants: Variant[] = []
    for (const question of questions) {
      const { result } = await answerTo(question)
      variants.push({ ...question, pictures: await picturesOf(figure, question, result, model.config.layout, work) })
      work.progress(++done, total)
    }
    sections.push({ figure, variants })
  }
  return { model, sections, answers: await Promise.all(answers.values()) }
}

async function picturesOf(
  figure: AnyFigure,
  { params, chosen }: Question,
  result: AnalysisResult,
  layout: TaskLayout,
  { giveWay }: ReportWork,
): Promise<ReportPicture[]> {
  const display = { ...pictureSize, ...figure.size, palette: 'standard', stage: false } as const
  const pictures: ReportPicture[] = []
  for (const part of figure.parts?.together ? [''] : partsOf(figure, result)) {
    await giveWay()
    const { label, finding, closure, draw, table } = figure.show(result, params, part, { layout, chosen })
    const inTheme = (theme: Theme) => draw && figureSvg(draw({ ...display, theme }), tokens[theme].panel)
    pictures.push({ part, label, finding, closure, svg: inTheme('light'), dark: inTheme('dark'), table })
  }
  return pictures
}
