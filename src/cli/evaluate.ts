import { availableParallelism } from 'node:os'
import { Option } from 'commander'
import { BadInput } from '../core/bad-input'
import { sumDataset } from '../core/dataset'
import type { Sum } from '../core/sum'
import type { TaskLayout } from '../core/task-layout'
import type { Decoding } from '../engine/exhaustive/answer-reader'
import { evaluateExhaustively } from '../engine/exhaustive/evaluate-exhaustively'
import { evaluateSums } from '../engine/exhaustive/evaluate-sums'
import { EvaluatorProcess } from '../engine/exhaustive/evaluator-process'
import { startEvaluator } from '../engine/exhaustive/start-evaluator'
import { forkEngine } from '../engine/fork'
import { loadModel } from '../engine/load-model'
import { sumsWithNines } from '../model/exhaustive/nine-columns'
import { isSampled, sumSample } from '../model/exhaustive/evaluated-sums'
import { sumCount } from '../model/exhaustive/sum-groups'
import { parseShard } from '../model/exhaustive/shard'
import { formatIntervention, parseIntervention } from '../model/intervention-text'
import type { OnnxModel } from '../engine/onnx-model'
import type { AddCommand, CommandContext } from './command'
import { evaluationText, measurementText } from './evaluation-text'
import { jsonOption, writeJson } from './json-output'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'
import { parseWholeNumber } from '../core/written-values'
import { collect } from './option-values'
import { progressLine } from './progress-line'

interface Options {
  readonly model?: string
  readonly layout?: string
  readonly exhaustive?: true
  readonly shard?: string
  readonly state?: string
  readonly processes?: string
  readonly sums?: string
  readonly seed?: string
  readonly nines?: string
  readonly greedy?: true
  readonly ablate?: readonly string[]
  readonly json?: string
}

/** `carryscope evaluate`: how many sums a model gets wrong, and by how much, on a sample or on every sum there is. */
export const addEvaluate: AddCommand = (program, context) => {
  program
    .command('evaluate')
    .description('counts what a model gets wrong, on drawn sums or on every sum there is')
    .option(...modelOption)
    .option(...layoutOption)
    .option('--exhaustive', 'every sum there is, instead of drawn ones')
    .option('--shard <part>', 'with --exhaustive: one part of the work, such as 2/8; see "carryscope merge"')
    .option(
      '--state <file>',
      'with --exhaustive: keeps what is finished, so that the same command goes on after a kill',
    )
    .option('--processes <number>', 'with --exhaustive: how many processes (default: one for each core; 1: this one)')
    .option('--sums <number>', 'how many sums to draw (default: 20000)')
    .option('--seed <number>', 'the seed they are drawn with, as torch draws them (default: 7)')
    .option('--nines <number>', 'instead of drawn sums, every sum with at least this many columns of 9')
    .option('--greedy', "answers are decoded from the model's own digits instead of the right ones")
    .addOption(
      new Option(
        '--ablate <intervention>',
        'with --exhaustive: H0.1:q:mean, H0.0:result@C1:patch=1234+4321, …; may be repeated; means over the reference set',
      ).argParser(collect),
    )
    .option(...jsonOption)
    .action(async (options: Options) => {
      checkCombination(options)
      const source = { path: modelPath(options.model, context.installation) }
      const { model, info } = await loadModel({ source, ...layoutAsked(options.layout) })
      if (options.exhaustive) await exhaustive(model, options, context)
      else await sampled(model, options, context)
      for (const notice of info.notices) context.terminal.err(`${notice}\n`)
    })
}

async function exhaustive(
  model: OnnxModel,
  options: Options,
  { terminal, installation }: CommandContext,
): Promise<void> {
  const { layout } = model.config
  const interventions = (options.ablate ?? []).map((text) => parseIntervention(text, model.config))
  const way = { decoding: decodingOf(options), interventions }
  const shard = parseShard(options.shard ?? '1/1')
  const processes = parseWholeNumber(
    options.processes ?? String(availableParallelism()),
    'The number of processes',
    1,
    256,
  )
  const { show, clear } = progressLine(terminal)
  const evaluation = await evaluateExhaustively({
    model,
    shard,
    way,
    ...(options.state !== undefined && { statePath: options.state }),
    start: async () =>
      processes === 1
        ? startEvaluator(model, way)
        : new EvaluatorProcess(forkEngine(installation.evaluatorEntry), model, way),
    processes,
    progress: (done, total) => show({ done, total }),
  }).finally(clear)
  const { name, sha256, config } = model
  const params = {
    exhaustive: true,
    shard,
    decoding: way.decoding,
    ablate: interventions.map((intervention) => formatIntervention(intervention, config)),
    ...(isSampled(layout) && { dataset: sumSample, sums: sumCount(layout) }),
  }
  const record = { model: { name, sha256, config }, params, result: evaluation }
  if (isSampled(layout))
    terminal.err(
      `There are ${sumCount(layout)} sums, too many for every one: ${sumSample.size} drawn with seed ${sumSample.seed} stand for them.\n`,
    )
  if (options.json !== undefined) await writeJson(record, options.json, terminal)
  else terminal.out(evaluationText(evaluation, model, params.ablate) + measurementText(evaluation))
}

async function sampled(model: OnnxModel, options: Options, { terminal }: CommandContext): Promise<void> {
  const decoding = decodingOf(options)
  const { params, sums } = chosenSums(options, model.config.layout)
  const { show, clear } = progressLine(terminal)
  const evaluation = await evaluateSums(model, sums, decoding, (done, total) => show({ done, total })).finally(clear)
  const { name, sha256, config } = model
  const record = { model: { name, sha256, config }, params: { ...params, decoding }, result: evaluation }
  if (options.json !== undefined) await writeJson(record, options.json, terminal)
  else terminal.out(evaluationText(evaluation, model))
}

function chosenSums({ sums, seed, nines }: Options, layout: TaskLayout): { params: object; sums: readonly Sum[] } {
  if (nines !== undefined) {
    const columns = parseWholeNumber(nines, 'The number of columns of 9', 0, layout.operandDigits - 1)
    return { params: { nines: columns }, sums: sumsWithNines(columns, layout) }
  }
  const dataset = {
    size: parseWholeNumber(sums ?? '20000', 'The number of sums', 1, 5_000_000),
    seed: parseWholeNumber(seed ?? '7', 'The seed', 0, 0xffffffff),
  }
  return { params: { dataset }, sums: sumDataset(dataset, layout) }
}

function checkCombination({ exhaustive, shard, state, processes, ablate, sums, seed, nines }: Options): void {
  const given = (values: Record<string, unknown>) => Object.keys(values).find((name) => values[name] !== undefined)
  const needsExhaustive = given({ shard, state, processes, ablate })
  if (!exhaustive && needsExhaustive !== undefined)
    throw new BadInput(`The option --${needsExhaustive} is for --exhaustive; give both, or neither.`)
  const forSample = given({ sums, seed, nines })
  if (exhaustive && forSample !== undefined)
    throw new BadInput(`An exhaustive evaluation takes every sum; leave --${forSample} out.`)
  if (nines !== undefined && (sums !== undefined || seed !== undefined))
    throw new BadInput('The sums are either drawn or those with columns of 9; leave --nines out, or --sums and --seed.')
}

function decodingOf({ greedy }: Options): Decoding {
  return greedy ? 'greedy' : 'teacher-forced'
}
