import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readRun } from '../../../src/engine/training/read-run'

const bundled = join(import.meta.dirname, '../../../models/sum-4digit')
const scratch = mkdtempSync(join(tmpdir(), 'carryscope-run-'))
afterAll(() => rmSync(scratch, { recursive: true }))

test('the bundled model has 16 checkpoints and the final weights, and 72 lines of a log', async () => {
  for (const path of [
    bundled,
    join(bundled, 'model.safetensors'),
    join(bundled, 'checkpoints/step-002000.safetensors'),
  ]) {
    const run = await readRun(path)
    expect(run).toMatchObject({ path: bundled, name: 'sum-4digit', steps: 31_500, plan: null, remark: null })
    expect(run.checkpoints.map(({ step }) => step).slice(0, 3)).toEqual([0, 200, 500])
    expect(run.checkpoints).toHaveLength(17)
    expect(run.checkpoints.at(-1)).toMatchObject({ step: 31_500, path: join(bundled, 'model.safetensors') })
    expect(run.reports).toHaveLength(72)
    expect(run.config.layout.operandDigits).toBe(4)
  }
})

test('a log that is cut short is drawn up to there, and that is said', async () => {
  const folder = join(scratch, 'cut')
  cpSync(bundled, folder, { recursive: true })
  const log = join(folder, 'log.jsonl')
  truncateSync(log, readFileSync(log).length - 300)
  const run = await readRun(folder)
  expect(run.reports).toHaveLength(71)
  expect(run.remark).toBe("Line 72 of log.jsonl is cut short or none of a training's, so the curves end before it.")
  expect(run.checkpoints).toHaveLength(17)
})

test('checkpoints without a log are shown without curves', async () => {
  const folder = join(scratch, 'silent')
  cpSync(bundled, folder, { recursive: true })
  rmSync(join(folder, 'log.jsonl'))
  const run = await readRun(folder)
  expect(run.remark).toBe('There is no log.jsonl beside the checkpoints, so there are no curves.')
  expect(run.checkpoints).toHaveLength(17)
})

test('it is told which checkpoint the model of the folder is', async () => {
  const folder = join(scratch, 'best')
  cpSync(bundled, folder, { recursive: true })
  expect(await readRun(folder)).toMatchObject({ modelStep: 31_500 })
  cpSync(join(folder, 'checkpoints/step-022000.safetensors'), join(folder, 'model.safetensors'))
  expect(await readRun(folder)).toMatchObject({ modelStep: 22_000, checkpoints: { length: 16 } })
  rmSync(join(folder, 'model.safetensors'))
  expect(await readRun(folder)).toMatchObject({ modelStep: null, checkpoints: { length: 16 } })
})

test('a folder without checkpoints, and none at all, are refused in a sentence', async () => {
  const folder = join(scratch, 'none')
  mkdirSync(folder)
  writeFileSync(join(folder, 'notes.txt'), '')
  await expect(readRun(folder)).rejects.toThrow(
    /^".*none" has no checkpoints \(files such as checkpoints.step-000500.safetensors\): name the folder of a training/,
  )
  await expect(readRun(join(scratch, 'nowhere'))).rejects.toThrow(
    /^There is nothing at ".*nowhere": name the folder of a training\.$/,
  )
})
