import { z } from 'zod'
import type { Sum } from '../core/sum'
import { digitsOf } from '../core/tokens'
import { defaultDataset, operandLimit, type TaskLayout } from '../core/task-layout'
import { modes } from '../model/intervention'
import { datasetSchema, interventionsSchema, layoutSchema, positionsSchema } from '../model/input-schemas'
import { labSchema, labSections, newLab } from './lab'

/**
 * Everything a person has set up, as one plain value: what undo steps through, what is saved, and what comes back after a
 * crash. `analysis` is the question that is asked of the model and is undone; `view` is how the answer is looked at.
 */

const digitSchema = z.int().min(0).max(9).nullable()

/** What means are over: the pinned reference set, all sums of the data set, or those of them that are chosen. */
export const meanSets = ['reference', 'all', 'subset'] as const

export const analysisStateSchema = z.strictObject({
  /** The digits of A, then of B, as typed; null is a gap. */
  digits: z
    .array(digitSchema)
    .min(2)
    .max(16)
    .refine((digits) => digits.length % 2 === 0, 'A and B have equally many digits.')
    .readonly(),
  interventions: interventionsSchema,
  /** What the next flipped switch will do. */
  replace: z.strictObject({
    mode: z.enum(modes),
    positions: z.union([z.literal('all'), positionsSchema]),
    /** The donor sum as typed, `1234+4321`; empty when none was. */
    donor: z.string().max(20),
    seed: z.int().min(0).max(0xffffffff),
  }),
  /** The answer digit that panels about one digit show: 0 is C0, the most significant. */
  focus: z.int().min(0).max(8),
  dataset: datasetSchema,
  /** `all`, `carries`, `non-carries` or a column pattern such as `*P*G`. */
  subset: z.string().min(1).max(20),
  /** What is moved from which sum on the carry lab's bench. */
  lab: labSchema.default(newLab),
  /** Also what a single sum is resampled from. */
  meanOver: z.enum(meanSets).default('reference'),
})

export const predictionScales = ['p', 'logp', 'delta'] as const
const runChoices = ['clean', 'intervened', 'delta'] as const
export const attributionForms = ['simple', 'paths'] as const
export const palettes = ['standard', 'orange-blue', 'magenta-teal'] as const
export const comparisons = ['clean', 'a'] as const
export const themes = ['system', 'light', 'dark'] as const
export const workspaces = ['explore', 'weights', 'dataset', 'lab', 'failures', 'train', 'tour', 'decks'] as const

/** A state that was given a name, to come back to and to compare with. */
const pinSchema = z.strictObject({ name: z.string().max(80), analysis: analysisStateSchema })

export const pinsSchema = z.strictObject({ a: pinSchema.nullable(), b: pinSchema.nullable() })

export const viewStateSchema = z.strictObject({
  predictions: z.enum(predictionScales),
  circuit: z.enum(runChoices),
  attribution: z.enum(attributionForms),
  palette: z.enum(palettes),
  theme: z.enum(themes),
  /** What every figure holds the present state against: its own clean run, or the state pinned as A. */
  against: z.enum(comparisons).default('clean'),
  stage: z.boolean(),
  /** Which panel the Stage shows, by its place in Explore's reading order. */
  stagePanel: z.int().min(0).max(5),
  /** Whether single letters are shortcuts. */
  letters: z.boolean(),
  workspace: z.enum(workspaces).default('explore'),
  labSection: z.enum(labSections).default('bench'),
  /** Whether the evaluation of every sum is held, so that it does not go on by itself. */
  exhaustivePaused: z.boolean().default(false),
  /** The folder of the run in the Train workspace; null until one is chosen. */
  run: z.string().max(4096).nullable().default(null),
  /** Whether key figures are of every sum rather than of the drawn ones. */
  exact: z.boolean().default(false),
  /** Which part is shown of the figures that show one at a time, by what the parts are: `head` is `H0.1`. */
  parts: z.record(z.string().max(40), z.string().max(40)).default({}),
  /** The figures, by id, that are shown as published although that is wrong. */
  published: z.array(z.string().max(40)).max(100).readonly().default([]),
})

/** What this app writes. A file of a higher version is from a newer one. */
export const sessionVersion = 1

export const sessionSchema = z.strictObject({
  version: z.literal(sessionVersion),
  /** The file that the model was opened from; null where the page could not know it. */
  modelPath: z.string().max(4096).nullable(),
  /** What the model was called, and the hash of its weights. */
  model: z.strictObject({ name: z.string().max(255), sha256: z.string().max(64) }),
  /** How its sums are written, where a person chose that; null for as its files say. */
  layout: layoutSchema.nullable().default(null),
  analysis: analysisStateSchema,
  pins: pinsSchema.default({ a: null, b: null }),
  view: viewStateSchema,
})

export type AnalysisState = z.output<typeof analysisStateSchema>
export type ViewState = z.output<typeof viewStateSchema>
export type Workspace = ViewState['workspace']
export type Pins = z.output<typeof pinsSchema>
export type Pin = z.output<typeof pinSchema>
export type Session = z.output<typeof sessionSchema>

export const noPins: Pins = { a: null, b: null }

export const defaultView: ViewState = {
  predictions: 'p',
  circuit: 'intervened',
  attribution: 'simple',
  palette: 'standard',
  theme: 'system',
  against: 'clean',
  stage: false,
  stagePanel: 3,
  letters: true,
  workspace: 'explore',
  labSection: 'bench',
  exhaustivePaused: false,
  run: null,
  exact: false,
  parts: {},
  published: [],
}

/** The state a model is first opened with: nothing intervened on, 1000 sums of seed 42, and the sum as given. */
export function newAnalysis(digits: readonly (number | null)[]): AnalysisState {
  return {
    digits,
    interventions: [],
    replace: { mode: 'mean', positions: 'all', donor: '', seed: 0 },
    focus: Math.min(1, digits.length / 2 - 1),
    dataset: defaultDataset,
    subset: 'all',
    lab: newLab,
    meanOver: 'reference',
  }
}

/** The sum that the digits spell, or null while any is missing or an operand is out of the task's range. */
export function sumOfDigits(digits: readonly (number | null)[], layout: TaskLayout): Sum | null {
  if (digits.includes(null)) return null
  const [a, b] = [digits.slice(0, layout.operandDigits), digits.slice(layout.operandDigits)].map((operand) =>
    Number(operand.join('')),
  )
  return Math.max(a!, b!) < operandLimit(layout) ? { a: a!, b: b! } : null
}

/** The digits of both operands, most significant first. */
export function digitsOfSum(sum: Sum, layout: TaskLayout): readonly number[] {
  return [...digitsOf(sum.a, layout.operandDigits), ...digitsOf(sum.b, layout.operandDigits)]
}
