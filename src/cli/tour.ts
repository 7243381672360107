import { createEngine } from '../engine/handlers'
import { modelText } from '../report/subject-text'
import { claims } from '../tour/claims/registry'
import { Inquiry, type Ask } from '../tour/inquiry'
import { takeTour } from '../tour/take-tour'
import { tourJson } from '../tour/tour-json'
import type { AddCommand } from './command'
import { evaluationOption, readEvaluation } from './evaluation-option'
import { jsonOption, writeJson } from './json-output'
import { modelOption, modelPath } from './model-option'
import { progressLine } from './progress-line'
import { tourText } from './tour-text'

interface Options {
  readonly model?: string
  readonly json?: string
  readonly evaluation?: string
}

/** `carryscope tour`: claims about how the model adds, each checked on it. */
export const addTour: AddCommand = (program, { terminal, installation }) => {
  program
    .command('tour')
    .description('checks claims about how the model adds, and says which it confirms and which it refutes')
    .option(...modelOption)
    .option(...evaluationOption)
    .option(...jsonOption)
    .action(async (options: Options) => {
      const { signal } = new AbortController()
      const { show, clear } = progressLine(terminal)
      const engine = createEngine()
      const path = modelPath(options.model, installation)
      const model = await engine.openModel({ source: { path } }, { signal, progress: show })
      const everySum = options.evaluation === undefined ? null : readEvaluation(options.evaluation, model.sha256)
      const ask = ((id, params) => engine.analyze({ id, params }, { signal, progress: show })) as Ask
      const all = await takeTour(claims, new Inquiry(model.config, ask, everySum)).finally(clear)
      if (options.json === undefined)
        terminal.out(`Tour of ${modelText(model)}.\n\n${tourText(all, model, options.model ?? null)}`)
      else await writeJson(tourJson(all, model), options.json, terminal)
      for (const notice of model.notices) terminal.err(`${notice}\n`)
    })
}
