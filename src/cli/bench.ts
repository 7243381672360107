import { availableParallelism } from 'node:os'
import { forkEngine } from '../engine/fork'
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
    .option(...jsonOption)
    .action(async (options: Options) => {
      const asked = { source: { path: modelPath(options.model, installation) }, ...layoutAsked(options.layout) }
      const processes = poolSize(availableParallelism())
      const tell = (sentence: string) => {
        terminal.err(`${sentence}\n`)
      }
      const engine = superviseEngine((role) => forkEngine(installation.engineEntry, { role }), tell, processes)
      try {
        const context = { signal: new AbortController().signal, progress: () => undefined }
        const { name, sha256, config } = await engine.handlers.openModel(asked, context)
        const { model } = await loadModel(asked)
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
        const peer = await timeTransformerLens(model, installation)
        const result = { ...measured, processes, transformerLens: peer }
        if (options.json === undefined)
          terminal.out(`Benchmark with ${modelText(model)}.\n${benchText(measured, processes, peer)}`)
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
