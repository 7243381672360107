import { z } from 'zod'
import { BadInput } from '../core/bad-input'
import { createEngine } from '../engine/handlers'
import { modelText } from '../report/subject-text'
import { claims } from '../tour/claims/registry'
import { Inquiry, type Ask, type EverySum } from '../tour/inquiry'
import { takeTour } from '../tour/take-tour'
import type { AddCommand } from './command'
import { jsonOption, writeJson } from './json-output'
import { modelOption, modelPath } from './model-option'
import { progressLine } from './progress-line'
import { readText } from './read-text'
import { tourJson, tourText } from './tour-text'

interface Options {
  readonly model?: string
  readonly json?: string
  readonly evaluation?: string
}

/** What is read of an exhaustive evaluation's JSON. */
const evaluationSchema = z.object({
  model: z.object({ sha256: z.string() }),
  params: z.object({ ablate: z.array(z.string()).max(0) }),
  result: z.object({
    n: z.number(),
    wrong: z.number(),
    wrongSums: z.array(z.object({ a: z.number(), b: z.number(), predicted: z.string() })),
  }),
})

/** `carryscope tour`: claims about how the model adds, each checked on it. */
export const addTour: AddCommand = (program, { terminal, installation }) => {
  program
    .command('tour')
    .description('checks claims about how the model adds, and says which it confirms and which it refutes')
    .option(...modelOption)
    .option('--evaluation <file>', 'what "evaluate --exhaustive --json" wrote, for the claims about every sum')
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
      if (options.json === undefined) terminal.out(`Tour of ${modelText(model)}.\n\n${tourText(all, model.config)}`)
      else await writeJson(tourJson(all, model), options.json, terminal)
      for (const notice of model.notices) terminal.err(`${notice}\n`)
    })
}

function readEvaluation(file: string, sha256: string): EverySum {
  const { data } = evaluationSchema.safeParse(jsonOf(file))
  if (!data)
    throw new BadInput(
      `"${file}" holds no exhaustive evaluation without interventions: give what "evaluate --exhaustive --json" has written.`,
    )
  if (data.model.sha256 !== sha256)
    throw new BadInput(
      `"${file}" is the evaluation of another model: evaluate this one, or open that one with --model.`,
    )
  return data.result
}

/** Undefined where the file is no JSON, which no schema takes. */
function jsonOf(file: string): unknown {
  const text = readText(file, 'evaluation')
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
