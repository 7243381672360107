import { constants, cpus, setPriority } from 'node:os'
import { env } from '../engine/onnxruntime'
import { BadInput } from '../core/bad-input'
import { parseLayout } from '../core/layout-text'
import { operandDigitRange, publishedLayout, type TaskLayout } from '../core/task-layout'
import { checkProvider } from '../engine/training/check-provider'
import { type TrainingPlan, TrainingFolder } from '../engine/training/training-folder'
import { train } from '../engine/training/train'
import { activationFunctions } from '../model/config'
import { presetNames, presetRecipe } from '../model/training/presets'
import type { AddCommand } from './command'
import { parseWholeNumber } from './option-values'
import { reportLine } from './training-text'

/** How the stream can be normalized, by what TransformerLens calls it. */
const normalizations = ['LN', 'RMS', 'none'] as const

type Options = Readonly<Record<string, string | undefined>>

/** `carryscope train`: makes a model, in a folder that `--model` takes. */
export const addTrain: AddCommand = (program, { terminal }) => {
  program
    .command('train')
    .description('trains a model at background priority; the same seed gives the same model on the same machine')
    .option('--out <folder>', 'where the model, its checkpoints and its log go; must not exist')
    .option('--resume <folder>', 'go on with a training that was interrupted')
    .option('--preset <preset>', `the recipe: ${presetNames.join(' or ')} (default: bundled)`)
    .option('--digits <number>', 'digits of an operand, 1 to 8, written as in the published model (default: 4)')
    .option(
      '--layout <words>',
      'instead: how sums are written, such as "3 digits, answers of 4, units first, first digits 0 to 9"',
    )
    .option('--layers <number>', 'n_layers (default: 2)')
    .option('--heads <number>', 'n_heads (default: 3)')
    .option('--d-model <number>', 'd_model (default: 48)')
    .option('--d-head <number>', 'd_head (default: 24)')
    .option('--d-mlp <number>', 'neurons of each MLP (default: none, attention only)')
    .option('--act-fn <function>', `what MLPs compute with: ${activationFunctions.join(', ')} (default: gelu)`)
    .option('--normalization <kind>', `${normalizations.join(', ')} (default: LN)`)
    .option('--seed <number>', 'for the first weights and the sums (default: 0)')
    .option('--steps <number>', "how many batches (default: the preset's)")
    .option('--batch-size <number>', 'sums in a batch (default: 512)')
    .option('--learning-rate <number>', 'the highest learning rate (default: 0.002)')
    .option('--interval <number>', "steps between checkpoints (default: the preset's)")
    .option('--provider <provider>', 'execution provider of onnxruntime (default: cpu)')
    .action(async (options: Options) => {
      setPriority(constants.priority.PRIORITY_LOW)
      const folder = await folderOf(options)
      terminal.err(`Training in "${folder.path}"; if it is interrupted: carryscope train --resume ${folder.path}\n`)
      for await (const report of train(folder)) terminal.err(`${reportLine(report)}\n`)
      terminal.out(`${folder.path}\n`)
    })
}

async function folderOf(options: Options): Promise<TrainingFolder> {
  const { out, resume, ...rest } = options
  if (resume === undefined) {
    if (out === undefined)
      throw new BadInput('A training needs --out FOLDER, to begin, or --resume FOLDER, to go on; give one of them.')
    return TrainingFolder.create(out, await checkProvider(planOf(rest)))
  }
  if (Object.keys(options).length > 1)
    throw new BadInput(`"${resume}" holds its own recipe to go on with; leave out every option besides --resume.`)
  return TrainingFolder.open(resume)
}

function planOf(options: Options): TrainingPlan {
  const { preset = 'bundled', provider = 'cpu', learningRate, actFn, normalization } = options
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
  }
  return { preset, recipe: presetRecipe(preset, choices), provider, machine: machine() }
}

/** How sums are written: in words, or as in the published model with another number of digits. */
function layoutChoice({ digits, layout }: Options): { layout?: TaskLayout } {
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
function wholeChoice<K extends string>(options: Options, name: K): { [key in K]?: number } {
  const text = options[name]
  if (text === undefined) return {}
  const flag = name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return { [name]: parseWholeNumber(text, `The number after --${flag}`, 0, 0xffffffff) } as { [key in K]?: number }
}

function machine(): Record<string, string> {
  return {
    processor: cpus()[0]?.model.trim() ?? process.arch,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    onnxruntime: env.versions.node ?? '',
  }
}
