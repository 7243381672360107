import type { AnalysisId, ParamsOf, ResultOf } from '../analyses/registry'
import type { ModelConfig } from '../model/config'

/** A question to the engine. */
export interface Asked<Id extends AnalysisId> {
  readonly id: Id
  readonly params: ParamsOf<Id>
}

export type Ask = <Id extends AnalysisId>(id: Id, params: ParamsOf<Id>) => Promise<ResultOf<Id>>

/** A sum that is answered wrong, with the whole answer, or with the answer digit that is farthest from right. */
export type WrongSum = { readonly a: number; readonly b: number } & (
  { readonly predicted: string } | { readonly digit: number }
)

/** What is known of every sum there is, from an exhaustive evaluation of the open model. */
export interface EverySum {
  readonly n: number
  readonly wrong: number
  /** Of those that are wrong, as many as were kept. */
  readonly wrongSums: readonly WrongSum[]
}

/** What checks ask of the open model. The same question is asked once, whichever claims need its answer. */
export class Inquiry {
  readonly #answers = new Map<string, Promise<unknown>>()

  constructor(
    readonly config: ModelConfig,
    private readonly engine: Ask,
    /** Null where not every sum has been evaluated. */
    readonly everySum: EverySum | null = null,
  ) {}

  ask<Id extends AnalysisId>({ id, params }: Asked<Id>): Promise<ResultOf<Id>> {
    const key = JSON.stringify([id, params])
    const answer = this.#answers.get(key) ?? this.engine(id, params)
    this.#answers.set(key, answer)
    return answer as Promise<ResultOf<Id>>
  }
}

/** A question with its id and parameters held against its analysis. */
export function asked<const Id extends AnalysisId>(id: Id, params: ParamsOf<Id>): Asked<Id> {
  return { id, params }
}

/** The set of most checks, and the larger one of those that tell rare pairs apart. */
export const thousand = { size: 1000, seed: 42 } as const
export const fiveThousand = { size: 5000, seed: 7 } as const
