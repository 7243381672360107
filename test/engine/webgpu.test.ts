import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { hooksOf } from '../../src/model/hooks'
import { buildModelGraph } from '../../src/model/graph/model-graph'
import { largestDifference } from '../support/compare'
import { randomModel, smallConfig } from '../support/random-model'
import { swiftShader } from '../support/swiftshader'

const driver = swiftShader()
const missing = driver ? '' : " (skipped: SwiftShader, part of Debian's chromium package, is not installed)"

type Results = Record<string, { shape: number[]; data: (number | null)[] }>

test.skipIf(!driver)(`WebGPU computes every hook as the CPU does${missing}`, () => {
  const model = randomModel(smallConfig({ n_layers: 2, n_heads: 2, numDigits: 2 }))
  const outputs = [...hooksOf(model.config).map((hook) => hook.name), 'dla']
  const folder = mkdtempSync(join(tmpdir(), 'carryscope-webgpu-'))
  const graph = join(folder, 'graph.onnx')
  const run = (provider: string): Results => {
    const script = join(import.meta.dirname, '../support/run-onnx.mjs')
    const input = JSON.stringify([
      [4, 9, 10, 0, 1, 11, 5, 0],
      [2, 7, 10, 1, 5, 11, 4, 2],
    ])
    const env = { ...process.env, ...driver }
    return JSON.parse(execFileSync(process.execPath, [script, provider, graph], { input, env }).toString()) as Results
  }
  try {
    writeFileSync(graph, buildModelGraph(model.config, model.weights, { outputs }))
    const [onGraphicsCard, onProcessor] = [run('webgpu'), run('cpu')]
    for (const hook of outputs) {
      const [found, expected] = [onGraphicsCard[hook]!, onProcessor[hook]!]
      expect(found.shape, hook).toEqual(expected.shape)
      // JSON has no -Infinity, the score of a key that is not visible: null on both sides.
      expect(largestDifference(found.data.map(Number), expected.data.map(Number)), hook).toBeLessThan(1e-3)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
