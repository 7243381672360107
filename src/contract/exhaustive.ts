import { z } from 'zod'
import { interventionsSchema, sumSchema } from '../model/input-schemas'
import type { PrefixTensor, WeakSum } from '../model/exhaustive/margins'
import type { PatternScore } from '../model/exhaustive/evaluation'

/**
 * What is asked of the background evaluation of every sum: `look` tells what is kept, `run` goes on from there and answers when it
 * is done or was stopped, `again` begins anew, `pause` stops it. One evaluation runs at a time.
 */
const exhaustiveParamsSchema = z.strictObject({
  interventions: interventionsSchema,
  action: z.enum(['look', 'run', 'again', 'pause']),
})

/** Sums `a + i·step`, `b + j·step` for i, j below `side`: a cell of the map, one by one. */
const marginsParamsSchema = z.strictObject({
  interventions: interventionsSchema,
  first: sumSchema,
  side: z.int().min(1).max(100),
  step: z.int().min(1).max(10_000_000),
})

/** Sums that are answered wrong, in order of a, then b. */
export interface WrongSums {
  readonly a: Int32Array
  readonly b: Int32Array
  /** Logits, 0 or below. */
  readonly margin: Float64Array
}

/** An evaluation of every sum, or of those that are done; see `Evaluation` for what its numbers are. */
export interface EverySum {
  readonly n: number
  readonly wrong: number
  readonly exactMatch: number
  /** Nats. */
  readonly loss: number
  readonly smallestMargin: number
  readonly patterns: Readonly<Record<string, PatternScore>>
  readonly marginHistogram: readonly number[]
  readonly byPrefix: Readonly<Record<'n' | 'wrong' | 'marginMin', PrefixTensor>>
  readonly weakest: readonly WeakSum[]
  readonly wrongSums: WrongSums
  readonly cpuSeconds: number
  /** The plain forward pass on some of them: how many, and the largest difference of a margin, logits. */
  readonly plain: { readonly sums: number; readonly largestMarginDifference: number }
}

/** How far an evaluation is: nothing is kept, it goes on, it was stopped before its end, or all is there. */
export type ExhaustiveState = 'none' | 'running' | 'stopped' | 'done'

export interface ExhaustiveReport {
  readonly state: ExhaustiveState
  /** Sums that are evaluated in all; 0 while that is not known. */
  readonly total: number
  /** How many processes share them. */
  readonly processes: number
  /** Null before the first of them are done. */
  readonly evaluation: EverySum | null
  /** Why it was stopped, in one sentence, where nobody asked for that. */
  readonly sentence: string | null
}

/** Margins of the sums of a cell [i, j]; NaN where they are not known yet. */
export interface CellMargins {
  readonly side: number
  /** Logits. */
  readonly margin: Float32Array
  /** The answer digit of the smallest margin. */
  readonly digit: Uint8Array
  /** The output that comes next there. */
  readonly runnerUp: Uint8Array
}

/** What `exhaustive` and `margins` report while they run: what they have so far. */
export interface ExhaustiveProgress {
  readonly exhaustive?: ExhaustiveReport
  readonly margins?: CellMargins
}

/** Their part of the contract. */
export const exhaustiveMethods = {
  /** The evaluation of every sum there is, in the background; reports at most a few times a second. */
  exhaustive: { params: exhaustiveParamsSchema, priority: 'background' },
  /** The margins of up to 10,000 sums, one by one. */
  margins: { params: marginsParamsSchema, priority: 'sweep' },
} as const

export interface ExhaustiveResults {
  exhaustive: ExhaustiveReport
  margins: CellMargins
}
