import { availableParallelism } from 'node:os'
import { forkEngine } from '../engine/fork'
import { BadInput } from '../core/bad-input'
import { cpu } from '../contract/provider-choice'
import type { ProviderUse } from '../contract/providers-report'
import { checked } from '../host/hosted-engine'
import { loadModel } from '../engine/load-model'
import { runBench } from '../engine/bench/bench'
import { runLabBench } from '../engine/bench/lab-bench'
import { OnnxModel } from '../engine/onnx-model'
import { poolSize } from '../host/pool-size'
import { superviseEngine } from '../host/supervisor'
import { modelText } from '../report/subject-text'
import { benchText } from './bench-text'
import type { AddCommand } from './command'
import { jsonOption, writeJson } from './json-output'
import { labBenchText } from './lab-bench-text'
import { timeLabPeer } from './lab-peer'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'
import { timeTransformerLens } from './transformer-lens'

interface Options {
  readonly model?: string
  readonly layout?: string
  readonly lab?: boolean
  readonly provider?: string
  readonly json?: string
}

/** `carryscope bench`: this machine's speed, as ratios of runs in one go. */
export const addBench: AddCommand = (program, { terminal, installation }) => {
  program
    .command('bench')
    .description('times the ablation sweep, one sum and many sums, against plain forward passes and TransformerLens')
    .option(...modelOption)
    .option(...layoutOption)
    .option('--lab', 'times what the carry lab asks instead')
    .option('--provider <name>', 'the execution provider that computes, beside plain passes on the CPU (default: cpu)')
    .option(...jsonOption)
    .action(async (options: Options) => {
      const asked = { source: { path: modelPath(options.model, installation) }, ...layoutAsked(options.layout) }
      const { provider = cpu } = options
      checked(provider, process.platform)
      const processes = poolSize(availableParallelism())
      const tell = (sentence: string) => {
        terminal.err(`${sentence}\n`)
      }
      const engine = superviseEngine((role) => forkEngine(installation.engineEntry, { role }), tell, processes)
      try {
        const context = { signal: new AbortController().signal, progress: () => undefined }
        const { name, sha256, config } = await engine.handlers.openModel(asked, context)
        const { model } = await loadModel(asked)
        if (provider !== cpu) await engine.useProviders({ live: provider, sweep: provider })
        if (options.lab) {
          const timings = await runLabBench(engine.handlers)
          const peer = timeLabPeer(model, timings, installation)
          const result = { tasks: timings.map(({ result: _, ...timing }) => timing), processes, transformerLens: peer }
          if (options.json === undefined)
            terminal.out(`The carry lab with ${modelText(model)}.\n${labBenchText(timings, processes, peer)}`)
          else
            await writeJson(
              { analysis: 'bench', model: { name, sha256, config }, params: {}, result },
              options.json,
              terminal,
            )
          return
        }
        const measured = await runBench(engine.handlers, new OnnxModel(model, { plain: true }), (part) => {
          if (terminal.interactive) tell(`Timing ${part} …`)
        })
        checkUsed(provider, engine.providers)
        const peer = await timeTransformerLens(model, installation)
        const result = { ...measured, provider, processes, transformerLens: peer }
        if (options.json === undefined)
          terminal.out(
            `Benchmark with ${modelText(model)}${provider === cpu ? '' : ` on "${provider}"`}.\n${benchText(measured, processes, peer)}`,
          )
        else
          await writeJson(
            { analysis: 'bench', model: { name, sha256, config }, params: {}, result },
            options.json,
            terminal,
          )
      } finally {
        engine.close()
      }
    })
}

/** One that could not be had, or failed meanwhile, was left for the CPU: its times would be the CPU's. */
function checkUsed(provider: string, { live, sweep }: ProviderUse): void {
  if (live === provider && sweep === provider) return
  throw new BadInput(
    `The execution provider "${provider}" failed, so that it was not timed: "providers" says what it needs.`,
  )
}
