import { analysisNamed } from '../analyses/analysis-named'
import { createEngine } from '../engine/handlers'
import { answerToJson } from '../contract/answer-json'
import { analysisParams, type AnalysisOptions } from './analysis-params'
import type { AddCommand } from './command'
import { jsonOption, writeJson } from './json-output'
import { modelOption, modelPath } from './model-option'
import { progressLine } from './progress-line'
import { resultText } from './result-text'

type Options = AnalysisOptions & { readonly model?: string; readonly json?: string }

const collect = (text: string, before: readonly string[] = []) => [...before, text]

/** `carryscope analyze <id>`: one analysis, as tables or as JSON. */
export const addAnalyze: AddCommand = (program, { terminal, installation }) => {
  program
    .command('analyze')
    .description('runs one analysis and prints its result; see "carryscope list" for the analyses')
    .argument('<id>', 'the analysis')
    .option(...modelOption)
    .option('--sum <sum>', 'the sum, for an analysis of one: 2968+1606')
    .option('--sums <number>', 'how many sums to draw (default: 1000)')
    .option('--seed <number>', 'the seed they are drawn with, as torch draws them (default: 42)')
    .option('--subset <subset>', 'all, carries, non-carries or a column pattern such as *P*G, thousands first')
    .option('--mean-over <set>', 'what means are taken over: subset (default) or all')
    .option('--mode <mode>', 'what a sweep replaces activations by: zero, mean (default) or resample')
    .option('--side <side>', 'for "position-ablation": cuts what a head writes there (write, default) or reads (read)')
    .option('--ablate <intervention>', 'H0.1:q:mean, H0.0:result@C1:patch=1234+4321, …; may be repeated', collect)
    .option('--definition <definition>', 'corrected (default) or notebook, to reproduce a published figure')
    .option('--examples <number>', 'of how many sums "dataset", "performance" and "path-dla-batch" tell one by one')
    .option(
      '--tensor <name>',
      'a parameter that "weights" returns, such as W_Q, or a tensor of "ov-circuit"; may be repeated',
      collect,
    )
    .option(...jsonOption)
    .action(async (id: string, options: Options) => {
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
