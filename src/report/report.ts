import type { AnalysisResult } from '../analyses/analysis'
import type { AnalysisParams } from '../analyses/registry'
import { figuresOf, partsOf, type AnyFigure } from '../charts/figure'
import type { ModelInfo } from '../contract/contract'
import type { TaskLayout } from '../core/task-layout'
import { questionKey, questionsOf, type Question, type ReportSubject } from './questions'
import { reportPicture, type ReportPicture } from './report-picture'

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
  const pictures: ReportPicture[] = []
  for (const part of figure.parts?.together ? [''] : partsOf(figure, result)) {
    await giveWay()
    pictures.push(reportPicture(figure, figure.show(result, params, part, { layout, chosen }), part))
  }
  return pictures
}
