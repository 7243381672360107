import { Option } from 'commander'
import type { Analysis } from '../analyses/analysis'
import { analysisNamed } from '../analyses/analysis-named'
import { analyses, type AnalysisParams } from '../analyses/registry'
import type { ModelInfo } from '../contract/contract'
import { BadInput } from '../core/bad-input'
import { modelText, subjectText } from '../report/subject-text'
import { createEngine } from '../engine/handlers'
import { answerToJson, spelledOut } from '../contract/answer-json'
import { analysisOptions, type WrittenOptions } from './analysis-options'
import { analysisParams } from './analysis-params'
import type { AddCommand } from './command'
import { jsonOption, writeJson } from './json-output'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'
import { commandMeant } from './everyday-words'
import { collect, nearest } from './option-values'
import { progressLine } from './progress-line'
import { resultText } from './result-text'

type Options = WrittenOptions & { readonly model?: string; readonly layout?: string; readonly json?: string }

/** `carryscope analyze <id>`: one analysis, as tables or as JSON. */
export const addAnalyze: AddCommand = (program, { terminal, installation }) => {
  const command = program
    .command('analyze')
    .description('runs one analysis and prints its result; see "carryscope list" for the analyses')
    .argument('<id>', 'the analysis')
    .option(...modelOption)
    .option(...layoutOption)
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
    const context = { signal, progress: show }
    const engine = createEngine()
    const info = await engine.openModel({ source: { path }, ...layoutAsked(options.layout) }, context)
    const params = analysisParams(options, analysis, info.config)
    const result = await engine.analyze({ id, params }, context).finally(clear)
    if (options.json === undefined) terminal.out(headingText(analysis, params, info) + resultText(result))
    else await writeJson(answerToJson(id, info, params, result), options.json, terminal)
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

/** Of which model the numbers are, and of which sums under which interventions. */
function headingText({ id, about }: Analysis, params: AnalysisParams, model: ModelInfo): string {
  const subject = subjectText(spelledOut(params, about, model.reference), model.config)
  return `${id} of ${modelText(model)}\n${subject}\n\n`
}
