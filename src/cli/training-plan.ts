import { BadInput } from '../core/bad-input'
import { parseLayout } from '../core/layout-text'
import { operandDigitRange, publishedLayout, type TaskLayout } from '../core/task-layout'
import { planOf } from '../engine/training/plan-of'
import type { TrainingPlan } from '../engine/training/training-folder'
import { activationFunctions } from '../model/config'
import { parseWholeNumber } from '../core/written-values'

/** How the stream can be normalized, by what TransformerLens calls it. */
export const normalizations = ['LN', 'RMS', 'none'] as const

/** Options of `train` as they were written, by their name in camelCase. */
export type TrainingOptions = Readonly<Record<string, string | undefined>>

/** The training that the options describe. Throws BadInput. */
export function trainingPlan(options: TrainingOptions): TrainingPlan {
  const { preset = 'bundled', provider, learningRate, weightDecay, hardShare, actFn, normalization } = options
  const choices = {
    ...layoutChoice(options),
    ...wholeChoice(options, 'layers'),
    ...wholeChoice(options, 'heads'),
    ...wholeChoice(options, 'dModel'),
    ...wholeChoice(options, 'dHead'),
    ...wholeChoice(options, 'dMlp'),
    ...(actFn !== undefined && { actFn: oneOf(activationFunctions, '--act-fn', actFn) }),
    ...(normalization !== undefined && { normalization: normalizationOf(normalization) }),
    ...wholeChoice(options, 'seed'),
    ...wholeChoice(options, 'steps'),
    ...wholeChoice(options, 'batchSize'),
    ...wholeChoice(options, 'interval'),
    ...(learningRate !== undefined && { learningRate: Number(learningRate) }),
    ...(weightDecay !== undefined && { weightDecay: Number(weightDecay) }),
    ...(hardShare !== undefined && { hardShare: Number(hardShare) }),
  }
  return planOf(preset, choices, provider)
}

/** How sums are written: in words, or as in the published model with another number of digits. */
function layoutChoice({ digits, layout }: TrainingOptions): { layout?: TaskLayout } {
  if (layout === undefined) {
    if (digits === undefined) return {}
    return { layout: publishedLayout(parseWholeNumber(digits, 'The number after --digits', ...operandDigitRange)) }
  }
  if (digits === undefined) return { layout: withUsualIds(parseLayout(layout)) }
  throw new BadInput('The layout says how many digits there are; leave --digits or --layout out.')
}

/** A training numbers its tokens itself. Throws BadInput. */
function withUsualIds(layout: TaskLayout): TaskLayout {
  if (layout.symbols.every((id, token) => id === token) && layout.before.every((id) => id >= layout.symbols.length))
    return layout
  throw new BadInput(
    'A training gives the digits, + and = the token ids 0 to 11, and a start token 12 or more; leave other ids out of --layout.',
  )
}

function normalizationOf(text: string): 'LN' | 'RMS' | null {
  const kind = oneOf(normalizations, '--normalization', text)
  return kind === 'none' ? null : kind
}

/** Throws BadInput unless the text is one of the choices. */
function oneOf<T extends string>(choices: readonly T[], option: string, text: string): T {
  const choice = choices.find((known) => known === text)
  if (choice !== undefined) return choice
  throw new BadInput(`The option ${option} is "${text}", but it must be ${choices.join(', ')}; choose one of these.`)
}

/** The recipe checks the ranges; here the text only has to be a whole number. */
function wholeChoice<K extends string>(options: TrainingOptions, name: K): { [key in K]?: number } {
  const text = options[name]
  if (text === undefined) return {}
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return { [name]: parseWholeNumber(text, `The number after --${flag}`, 0, 0xffffffff) } as { [key in K]?: number }
}
