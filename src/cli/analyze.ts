import { basename } from 'node:path'
import { Option } from 'commander'
import type { Analysis } from '../analyses/analysis'
import { analysisNamed } from '../analyses/analysis-named'
import { analyses, type AnalysisParams } from '../analyses/registry'
import type { CheckpointsAnswer } from '../contract/checkpoints'
import type { ModelInfo, Progress } from '../contract/contract'
import { BadInput } from '../core/bad-input'
import { counted } from '../core/counted'
import { modelText, subjectText } from '../report/subject-text'
import { checkpointsIn } from '../engine/checkpoints'
import { createEngine } from '../engine/handlers'
import { answerToJson, checkpointsToJson, spelledOut } from '../contract/answer-json'
import { analysisOptions, type WrittenOptions } from './analysis-options'
import { analysisParams } from './analysis-params'
import { checkpointsText } from './checkpoints-text'
import type { AddCommand } from './command'
import { jsonOption, writeJson } from './json-output'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'
import { commandMeant } from './everyday-words'
import { collect, nearest } from './option-values'
import { progressLine } from './progress-line'
import type { Terminal } from './terminal'
import { resultText } from './result-text'

type Options = WrittenOptions & {
  readonly model?: string
  readonly layout?: string
  readonly checkpoints?: true
  readonly json?: string
}

/** `carryscope analyze <id>`: one analysis of a model, or of every checkpoint of its training, as tables or as JSON. */
export const addAnalyze: AddCommand = (program, { terminal, installation }) => {
  const command = program
    .command('analyze')
    .description('runs one analysis and prints its result; see "carryscope list" for the analyses')
    .argument('<id>', 'the analysis')
    .option(...modelOption)
    .option(...layoutOption)
    .option(
      '--checkpoints',
      'of every checkpoint of the training that the model is of: one result, with an axis of steps',
    )
    .option(...jsonOption)
  for (const { flags, repeats = false } of Object.values(analysisOptions))
    for (const [flag, help] of flags) {
      const option = new Option(flag, help)
      command.addOption(repeats ? option.argParser(collect) : option)
    }
  command.action(async (id: string, options: Options) => {
    const analysis = analysisAsked(id)
    const path = modelPath(options.model, installation)
    const { signal } = new AbortController()
    const { show, clear } = progressLine(terminal)
    const engine = createEngine()
    // A training that still runs has no model yet: its last checkpoint stands for it.
    const training = options.checkpoints ? await checkpointsIn(path) : null
    const source = { path: training?.states.at(-1)!.path ?? path }
    const opened = await engine.openModel({ source, ...layoutAsked(options.layout) }, { signal, progress: show })
    const info = training ? { ...opened, name: basename(training.folder) } : opened
    const params = analysisParams(options, analysis, info.config)
    const question = { id, params }
    if (training) {
      const { layout } = info.config
      const answer = await engine.analyzeCheckpoints(
        { ...question, path, layout },
        { signal, progress: tellSteps(terminal) },
      )
      if (options.json === undefined)
        terminal.out(headingText(analysis, params, info, answer) + checkpointsText(answer.result))
      else await writeJson(checkpointsToJson(id, info, params, answer), options.json, terminal)
    } else {
      const result = await engine.analyze(question, { signal, progress: show }).finally(clear)
      if (options.json === undefined) terminal.out(headingText(analysis, params, info) + resultText(result))
      else await writeJson(answerToJson(id, info, params, result), options.json, terminal)
    }
    for (const notice of info.notices) terminal.err(`${notice}\n`)
  })
}

/** The analysis with this id. Throws BadInput with the nearest id, or the command that someone means by such a word. */
function analysisAsked(id: string): Analysis {
  const ids: readonly string[] = analyses.map((analysis) => analysis.id)
  const meant = ids.includes(id) || nearest(id, ids) !== null ? null : commandMeant(id)
  if (meant === null) return analysisNamed(id)
  throw new BadInput(`There is no analysis "${id}"; you may want "carryscope ${meant}" (see "carryscope list").`)
}

/** Of which model the numbers are, at which steps of its training, and of which sums under which interventions. */
function headingText(
  { id, about }: Analysis,
  params: AnalysisParams,
  model: ModelInfo,
  over?: Pick<CheckpointsAnswer, 'checkpoints'>,
): string {
  const subject = subjectText(spelledOut(params, about, model.reference), model.config)
  const steps = over?.checkpoints.map(({ step }) => step) ?? []
  const during = over ? `, ${counted(steps.length, 'checkpoint')} from step ${steps[0]!} to ${steps.at(-1)!}` : ''
  return `${id} of ${modelText(model)}${during}\n${subject}\n\n`
}

/** A line on stderr for each checkpoint that is begun. */
function tellSteps(terminal: Terminal): (progress: Progress) => void {
  let told = -1
  return ({ done, total, step }) => {
    if (step === undefined || step === told) return
    told = step
    terminal.err(`checkpoint ${done + 1} of ${total}: step ${step}\n`)
  }
}
