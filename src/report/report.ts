import type { AnalysisResult } from '../analyses/analysis'
import { figuresOf, partsOf, type AnyFigure } from '../charts/figure'
import type { ModelInfo } from '../contract/contract'
import type { TaskLayout } from '../core/task-layout'
import { everySumSections, type EverySumSection, type ReportedSums } from './every-sum-sections'
import { Answers, type Answer, type AskForPage } from './answers'
import { questionsOf, type Question, type ReportSubject } from './questions'
import { reportPicture, type ReportPicture } from './report-picture'

/** Everything that a report says, before it is written down. */
export interface Report {
  readonly model: ModelInfo
  readonly sections: readonly Section[]
  /** Each answer once, however many figures show it. */
  readonly answers: readonly Answer[]
  /** What is known of every sum there is, and the figures of it; both empty where that was not evaluated. */
  readonly everySum: readonly ReportedSums[]
  readonly everySumSections: readonly EverySumSection[]
}

/** A declared figure with all that it is shown for. */
export interface Section {
  readonly figure: AnyFigure
  readonly variants: readonly Variant[]
}

export interface Variant extends Question {
  readonly pictures: readonly ReportPicture[]
}

/** How a report gets its answers and gives way. */
export interface ReportWork {
  readonly ask: AskForPage
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
  const all = asked.flatMap(({ questions }) => questions)
  const answers = new Answers(work.ask, all)
  const sections: Section[] = []
  let done = 0
  for (const { figure, questions } of asked) {
    const variants: Variant[] = []
    for (const question of questions) {
      const { result } = await answers.to(question)
      variants.push({ ...question, pictures: await picturesOf(figure, question, result, model.config.layout, work) })
      work.progress(++done, all.length)
    }
    sections.push({ figure, variants })
  }
  const { everySum = [] } = subject
  return {
    model,
    sections,
    answers: await answers.all(),
    everySum,
    everySumSections: await everySumSections(everySum, model, work.giveWay),
  }
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
    pictures.push(reportPicture(figure, figure.show({ result, params, part, layout, chosen }), part))
  }
  return pictures
}
