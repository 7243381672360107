import type { AnalysisResult } from '../analyses/analysis'
import type { AnalysisParams } from '../analyses/registry'
import { questionKey, type Question } from './questions'

/** What an analysis said to a question. */
export interface Answer {
  readonly analysis: string
  readonly params: AnalysisParams
  readonly result: AnalysisResult
}

/** Asks an engine; calls may run side by side. */
export type AskForPage = (analysis: string, params: AnalysisParams, overSteps: boolean) => Promise<AnalysisResult>

type Asked = Pick<Question, 'analysis' | 'params' | 'overSteps'>

/** The answers of a page, each asked for once, however many pictures show it. */
export class Answers {
  readonly #answers = new Map<string, Promise<Answer>>()

  /** Asks everything before the first answer is awaited, so that several processes can share it. */
  constructor(
    private readonly ask: AskForPage,
    questions: readonly Asked[],
  ) {
    // A failure is met where it is awaited.
    for (const question of questions) this.to(question).catch(() => {})
  }

  /** Fails as the question did. */
  to(question: Asked): Promise<Answer> {
    const { analysis, params, overSteps } = question
    const key = questionKey(question)
    const answer =
      this.#answers.get(key) ?? this.ask(analysis, params, overSteps).then((result) => ({ analysis, params, result }))
    this.#answers.set(key, answer)
    return answer
  }

  /** All that were asked for, in that order. Fails with the first that fails. */
  all(): Promise<readonly Answer[]> {
    return Promise.all(this.#answers.values())
  }
}
