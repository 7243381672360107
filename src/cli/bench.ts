import { loadModel } from '../engine/load-model'
import { runBench } from '../engine/bench/bench'
import { createEngine } from '../engine/handlers'
import { OnnxModel } from '../engine/onnx-model'
import { benchText } from './bench-text'
import type { AddCommand } from './command'
import { jsonOption, writeJson } from './json-output'
import { modelOption, modelPath } from './model-option'
import { timeTransformerLens } from './transformer-lens'

interface Options {
  readonly model?: string
  readonly json?: string
}

/** `carryscope bench`: this machine's speed, as ratios of runs in one go. */
export const addBench: AddCommand = (program, { terminal, installation }) => {
  program
    .command('bench')
    .description('times the ablation sweep, one sum and many sums, against plain forward passes and TransformerLens')
    .option(...modelOption)
    .option(...jsonOption)
    .action(async (options: Options) => {
      const source = { path: modelPath(options.model, installation) }
      const { model, info } = await loadModel({ source })
      const engine = createEngine()
      await engine.openModel({ source }, { signal: new AbortController().signal, progress: () => undefined })
      const measured = await runBench(engine, new OnnxModel(model, { plain: true }), (part) => {
        if (terminal.interactive) terminal.err(`Timing ${part} …\n`)
      })
      const peer = await timeTransformerLens(model, installation)
      const result = { ...measured, transformerLens: peer }
      if (options.json === undefined) terminal.out(benchText(measured, peer))
      else writeJson({ analysis: 'bench', model: identityOf(info), params: {}, result }, options.json, terminal)
    })
}

function identityOf<T extends { name: unknown; sha256: unknown; config: unknown }>({ name, sha256, config }: T) {
  return { name, sha256, config }
}
