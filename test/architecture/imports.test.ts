import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, importsOfScript, refusal, sourceFiles } from './imports'
import { rooms } from './rooms'

const src = resolve(import.meta.dirname, '../../src')

test('no file imports what the import table forbids to its room', () => {
  const files = sourceFiles(src)
  expect(files.length).toBeGreaterThan(10)
  const refusals = files.flatMap((file) => importsOf(join(src, file)).map((found) => refusal(file, found)))
  expect(refusals.filter((reason) => reason !== null)).toEqual([])
})

test('every room of the import table exists', () => {
  expect(Object.keys(rooms).filter((room) => !existsSync(join(src, room)))).toEqual([])
})

test.each([
  ['core/tensor.ts', "import { x } from '../model/model'"],
  ['core/tensor.ts', "import { readFileSync } from 'node:fs'"],
  ['model/model.ts', "import type { Analysis } from '../analyses/analysis'"],
  ['analyses/dla.ts', "export { engine } from '../engine/index'"],
  ['charts/dla.ts', "import * as echarts from 'echarts'"],
  ['charts/dla.ts', "import { dla } from '../analyses/dla'"],
  ['engine/index.ts', "const electron = require('electron')"],
  ['engine/onnx-model.ts', "import { InferenceSession } from 'onnxruntime-node'"],
  ['cli/train.ts', "import { env } from 'onnxruntime-node'"],
  ['main/index.ts', "import engine from '../engine/index'"],
  ['main/index.ts', "const engine = await import('../engine/index')"],
  ['preload/index.ts', "import { join } from 'node:path'"],
  ['renderer/App.ts', "import { Model } from '../model/model'"],
  ['renderer/App.ts', "import { Pool } from '../host/pool'"],
  ['contract/failure.ts', "import type { Pool } from '../host/pool'"],
  ['renderer/App.ts', "type Client = import('../engine/client').Client"],
  ['cli/index.ts', "import '../renderer/main'"],
  ['utils/index.ts', "import '../core/tensor'"],
])('the rule refuses, in %s, %s', (file, script) => {
  const reasons = importsOfScript(script).map((found) => refusal(file, found))
  expect(reasons).toHaveLength(1)
  expect(reasons[0]).toContain(`src/${file}`)
})

test.each([
  ['charts/dla.ts', "import type { EChartsOption } from 'echarts'"],
  ['charts/dla.ts', "import type { Dla } from '../analyses/dla'"],
  ['contract/contract.ts', "import { sites } from '../model/intervention'"],
  ['main/index.ts', "import { app } from 'electron'"],
  ['cli/index.ts', "import { analyses } from '../analyses/registry'"],
])('the rule allows, in %s, %s', (file, script) => {
  expect(importsOfScript(script).map((found) => refusal(file, found))).toEqual([null])
})
