import { Option } from 'commander'
import { analysisNamed } from '../analyses/analysis-named'
import { createEngine } from '../engine/handlers'
import { answerToJson } from '../contract/answer-json'
import { analysisOptions, type WrittenOptions } from './analysis-options'
import { analysisParams } from './analysis-params'
import type { AddCommand } from './command'
import { jsonOption, writeJson } from './json-output'
import { modelOption, modelPath } from './model-option'
import { progressLine } from './progress-line'
import { resultText } from './result-text'

type Options = WrittenOptions & { readonly model?: string; readonly json?: string }

const collect = (text: string, before: readonly string[] = []) => [...before, text]

/** `carryscope analyze <id>`: one analysis, as tables or as JSON. */
export const addAnalyze: AddCommand = (program, { terminal, installation }) => {
  const command = program
    .command('analyze')
    .description('runs one analysis and prints its result; see "carryscope list" for the analyses')
    .argument('<id>', 'the analysis')
    .option(...modelOption)
    .option(...jsonOption)
  for (const { flags, repeats = false } of Object.values(analysisOptions))
    for (const [flag, help] of flags) {
      const option = new Option(flag, help)
      command.addOption(repeats ? option.argParser(collect) : option)
    }
  command.action(async (id: string, options: Options) => {
    const analysis = analysisNamed(id)
    const path = modelPath(options.model, installation)
    const { signal } = new AbortController()
    const { show, clear } = progressLine(terminal)
    const context = { signal, progress: show }
    const engine = createEngine()
    const info = await engine.openModel({ source: { path } }, context)
    const params = analysisParams(options, analysis, info.config)
    const result = await engine.analyze({ id, params }, context).finally(clear)
    if (options.json === undefined) terminal.out(resultText(result))
    else await writeJson(answerToJson(id, info, params, result), options.json, terminal)
  })
}
