import { availableParallelism } from 'node:os'
import { forkEngine } from '../engine/fork'
import { loadModel } from '../engine/load-model'
import { runBench } from '../engine/bench/bench'
import { OnnxModel } from '../engine/onnx-model'
import { poolSize } from '../host/pool-size'
import { superviseEngine } from '../host/supervisor'
import { modelText } from '../report/subject-text'
import { benchText } from './bench-text'
import type { AddCommand } from './command'
import { jsonOption, writeJson } from './json-output'
import { layoutAsked, layoutOption, modelOption, modelPath } from './model-option'
import { timeTransformerLens } from './transformer-lens'

interface Options {
  readonly model?: string
  readonly layout?: string
  readonly json?: string
}

/** `carryscope bench`: this machine's speed, as ratios of runs in one go. */
export const addBench: AddCommand = (program, { terminal, installation }) => {
  program
    .command('bench')
    .description('times the ablation sweep, one sum and many sums, against plain forward passes and TransformerLens')
    .option(...modelOption)
    .option(...layoutOption)
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
