import type { MeasuredEvaluation } from '../../model/exhaustive/evaluation'
import type { Range } from '../../model/exhaustive/shard'
import { EngineFailure } from '../../contract/failure'
import type { EngineProcess } from '../../contract/engine-process'
import type { EvaluatorAnswer, EvaluatorRequest } from './evaluator-messages'
import { type ChunkEvaluator, type EvaluatedModel, type EvaluationWay, everyWrongSum } from './chunk-evaluator'

/** An evaluator in a process of its own (`evaluator-entry.ts`), so that several use several cores. */
export class EvaluatorProcess implements ChunkEvaluator {
  readonly #process: EngineProcess
  #settle: { resolve: (evaluation: MeasuredEvaluation) => void; reject: (error: Error) => void } | undefined
  #ended: string | undefined

  constructor(process: EngineProcess, { name, sha256, config, weights }: EvaluatedModel, way: EvaluationWay) {
    this.#process = process
    process.port.on((message) => {
      const answer = message as EvaluatorAnswer
      if (answer.kind === 'evaluation') this.#settle?.resolve(answer.evaluation)
      else this.#settle?.reject(new EngineFailure('internal', answer.message))
    })
    process.port.onClose((reason) => {
      this.#ended = reason
      this.#settle?.reject(this.#death())
    })
    this.#post({ kind: 'model', model: { name, sha256, config, weights }, way })
  }

  evaluate(groups: Range, unlistedFrom = everyWrongSum): Promise<MeasuredEvaluation> {
    if (this.#ended !== undefined) return Promise.reject(this.#death())
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#post({ kind: 'groups', ...groups, unlistedFrom })
    })
  }

  async release(): Promise<void> {
    this.#process.kill()
  }

  #post(request: EvaluatorRequest): void {
    this.#process.port.post(request)
  }

  #death(): EngineFailure {
    return new EngineFailure(
      'engine-died',
      `An evaluating process has ended (${this.#ended}); run the same command again, with --state to keep what is finished.`,
    )
  }
}
