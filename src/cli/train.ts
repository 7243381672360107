import { constants, setPriority } from 'node:os'
import { Option } from 'commander'
import { BadInput } from '../core/bad-input'
import { checkProvider } from '../engine/training/check-provider'
import { TrainingFolder } from '../engine/training/training-folder'
import { train } from '../engine/training/train'
import { activationFunctions } from '../model/config'
import { presetNames } from '../model/training/presets'
import type { AddCommand } from './command'
import { parseAxis } from './grid/grid-axes'
import { GridFolder } from './grid/grid-folder'
import { checkGrid, trainGrid, type GridShares } from './grid/train-grid'
import { collect } from './option-values'
import { normalizations, trainingPlan, type TrainingOptions } from './training-plan'
import { reportLine } from './training-text'

interface Options extends GridShares {
  readonly out?: string
  readonly resume?: string
  readonly grid?: readonly string[]
}

/** `carryscope train`: makes a model, or a grid of them, in a folder that `--model` takes. */
export const addTrain: AddCommand = (program, context) => {
  program
    .command('train')
    .description('trains a model at background priority; the same seed gives the same model on the same machine')
    .option('--out <folder>', 'where the model, its checkpoints and its log go; must not exist')
    .option('--resume <folder>', 'go on with a training, or a grid of them, that was interrupted')
    .addOption(
      new Option(
        '--grid <axis>',
        'one run for each value, such as seeds=0-7 or weight-decay=0,1e-3, ranked by all sums; may be repeated',
      ).argParser(collect),
    )
    .option('--processes <number>', 'with --grid: how many runs go on side by side (default: one for each core)')
    .option('--shard <part>', 'with --grid: one part of its runs, such as 2/8, for one of several machines')
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
    .option('--weight-decay <number>', "times each weight, added to its gradient (default: the preset's)")
    .option('--hard-share <number>', 'share of hard sums in a batch of new sums, 0 to 1 (default: 0.5)')
    .option('--interval <number>', "steps between checkpoints (default: the preset's)")
    .option('--provider <provider>', 'execution provider of onnxruntime (default: cpu)')
    .action(async ({ out, resume, grid, processes, shard, ...rest }: Options & TrainingOptions) => {
      setPriority(constants.priority.PRIORITY_LOW)
      const shares = { ...(processes !== undefined && { processes }), ...(shard !== undefined && { shard }) }
      const own = { ...(out !== undefined && { out }), ...(resume !== undefined && { resume }) }
      const grids = await gridOf(own, grid, rest)
      if (grids) return trainGrid(grids, shares, context)
      const [share] = Object.keys(shares)
      if (share !== undefined)
        throw new BadInput(
          `The option --${share} is for a grid of trainings; give --grid too, or leave --${share} out.`,
        )
      await trainOne(await folderOf(own, rest), context)
    })
}

async function trainOne(folder: TrainingFolder, { terminal }: Parameters<AddCommand>[1]): Promise<void> {
  terminal.err(`Training in "${folder.path}"; if it is interrupted: carryscope train --resume ${folder.path}\n`)
  for await (const report of train(folder)) terminal.err(`${reportLine(report)}\n`)
  terminal.out(`${folder.path}\n`)
}

type Place = Pick<Options, 'out' | 'resume'>

/** The grid that is asked for, by its axes or by a folder that holds one; null where a single training is. */
async function gridOf(
  { out, resume }: Place,
  axes: readonly string[] | undefined,
  options: TrainingOptions,
): Promise<GridFolder | null> {
  if (resume !== undefined) {
    if (!GridFolder.isAt(resume) && !axes) return null
    refuseOthers(resume, out !== undefined || axes !== undefined || Object.keys(options).length > 0)
    return GridFolder.open(resume)
  }
  if (!axes) return null
  if (out === undefined) throw new BadInput('A grid of trainings needs --out FOLDER, for a folder of each of its runs.')
  const grid = { axes: axes.map(parseAxis), options: options as Readonly<Record<string, string>> }
  await checkGrid(grid)
  return GridFolder.begin(out, grid)
}

async function folderOf({ out, resume }: Place, options: TrainingOptions): Promise<TrainingFolder> {
  if (resume !== undefined) {
    refuseOthers(resume, out !== undefined || Object.keys(options).length > 0)
    return TrainingFolder.open(resume)
  }
  if (out === undefined)
    throw new BadInput('A training needs --out FOLDER, to begin, or --resume FOLDER, to go on; give one of them.')
  return TrainingFolder.create(out, await checkProvider(trainingPlan(options)))
}

function refuseOthers(resume: string, others: boolean): void {
  if (others)
    throw new BadInput(`"${resume}" holds its own recipe to go on with; leave out every option besides --resume.`)
}
