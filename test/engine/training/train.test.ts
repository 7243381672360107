import { publishedLayout } from '../../../src/core/task-layout'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeWhole } from '../../../src/files/whole-file'
import { isCheckpoint, train } from '../../../src/engine/training/train'
import { TrainingFolder, type TrainingPlan } from '../../../src/engine/training/training-folder'
import type { TrainingReport } from '../../../src/engine/training/training-report'
import { loadModel } from '../../../src/engine/load-model'
import type { Recipe } from '../../../src/model/training/recipe'
import { totalSteps } from '../../../src/model/training/phase'
import type { FreshSums } from '../../../src/model/training/fresh-sums'
import { presetRecipe } from '../../../src/model/training/presets'

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'carryscope-train-'))
})
afterAll(async () => rm(scratch, { recursive: true }))

const main = presetRecipe('bundled', {
  layout: publishedLayout(2),
  layers: 1,
  heads: 2,
  dModel: 16,
  dHead: 8,
  steps: 40,
  batchSize: 32,
  interval: 10,
})
const tiny: Recipe = {
  ...main,
  refinement: {
    data: { ...(main.data as FreshSums), minedShare: 0.5, mined: [{ a: 45, b: 45 }] },
    schedule: { steps: 12, warmup: 2, peak: 1e-3, final: 1e-4 },
  },
}

test('a tiny model learns 64 sums by heart', async () => {
  const base = presetRecipe('bundled', {
    layout: publishedLayout(2),
    dModel: 32,
    dHead: 16,
    steps: 400,
    batchSize: 64,
    learningRate: 5e-3,
  })
  const reports = await trained('overfit', { ...base, data: { kind: 'fixed', size: 64 }, interval: 400 })
  const before = reports.find(({ step }) => step === 1)!
  expect(before.trainingLoss).toBeGreaterThan(2)
  // The mean from step 201 to 400 bounds the loss at the end from above.
  expect(reports.at(-1)!.trainingLoss).toBeLessThan(0.01)
})

test('two trainings with one seed give the same bytes, another seed others', async () => {
  await trained('one', tiny)
  await trained('two', tiny)
  await trained('other', { ...tiny, seed: 1 })
  expect(await model('two')).toEqual(await model('one'))
  expect(await model('other')).not.toEqual(await model('one'))
})

test.each([
  ['its first checkpoint', 1],
  ['a checkpoint half-way', 6],
  ['the last step before the refinement', 8],
])('a training stopped after %s and resumed gives the same bytes', async (name, reportsSeen) => {
  await trained('uninterrupted', tiny)
  const folder = TrainingFolder.create(join(scratch, name), planOf(tiny))
  let seen = 0
  for await (const report of train(folder)) if (++seen === reportsSeen || report.step === totalSteps(tiny)) break
  const again = await TrainingFolder.open(join(scratch, name))
  expect(again.saved!.state.step).toBeLessThan(totalSteps(tiny))
  for await (const { step } of train(again)) expect(step).toBeGreaterThan(0)
  expect(await model(name)).toEqual(await model('uninterrupted'))
  expect(await logged(name)).toEqual(await logged('uninterrupted'))
})

test.each([['checkpoints/step-000020.safetensors'], ['log.jsonl'], ['training.state']])(
  'a training killed while it writes %s gives the same bytes once resumed',
  async (victim) => {
    const name = `killed-${victim.replaceAll('/', '-')}`
    await trained(`whole-${name}`, tiny)
    let writes = 0
    const dying: typeof writeWhole = (path, content) => {
      if (path.endsWith(victim) && (victim.startsWith('checkpoints') || ++writes === 7)) throw new Error('killed')
      writeWhole(path, content)
    }
    const folder = TrainingFolder.create(join(scratch, name), planOf(tiny), dying)
    await expect(finished(folder)).rejects.toThrow('killed')
    await finished(await TrainingFolder.open(join(scratch, name)))
    expect(await model(name)).toEqual(await model(`whole-${name}`))
    expect(await logged(name)).toEqual(await logged(`whole-${name}`))
  },
)

test.each([['checkpoints/step-000000.safetensors'], ['log.jsonl'], ['training.state']])(
  'a training that stops before its first checkpoint, at %s, is begun again and gives the same bytes',
  async (victim) => {
    const name = `begun-${victim.replaceAll('/', '-')}`
    await trained(`whole-${name}`, tiny)
    const full: typeof writeWhole = (path, content) => {
      if (path.endsWith(victim)) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
      writeWhole(path, content)
    }
    const folder = TrainingFolder.create(join(scratch, name), planOf(tiny), full)
    await expect(finished(folder)).rejects.toThrow(
      `and no checkpoint was written before; free some space and resume it ("carryscope train --resume ${join(scratch, name)}").`,
    )
    expect(() => TrainingFolder.create(join(scratch, name), planOf(tiny))).toThrow(
      'holds a training already: resume it',
    )
    await finished(await TrainingFolder.open(join(scratch, name)))
    expect(await model(name)).toEqual(await model(`whole-${name}`))
    expect(await logged(name)).toEqual(await logged(`whole-${name}`))
  },
)

test('a training whose state was lost is not begun again over what it made', async () => {
  await trained('lost', tiny)
  const made = await model('lost')
  await rm(join(scratch, 'lost/training.state'))
  await expect(TrainingFolder.open(join(scratch, 'lost'))).rejects.toThrow('its training.state is missing')
  expect(await model('lost')).toEqual(made)
})

test('a log that is cut short is told of with the last good checkpoint, and nothing is lost of it', async () => {
  await trained('cut', tiny)
  const log = join(scratch, 'cut/log.jsonl')
  const whole = await readFile(log, 'utf8')
  await writeFile(log, whole.slice(0, -40))
  const lines = whole.trim().split('\n').length
  const last = join(scratch, 'cut/checkpoints/step-000052.safetensors')
  await expect(TrainingFolder.open(join(scratch, 'cut'))).rejects.toThrow(
    `Line ${lines} of "${log}" is cut short or none of a training's: put the log back, or take that line out, and resume; the last good checkpoint is "${last}".`,
  )
  expect(await readFile(log, 'utf8')).toBe(whole.slice(0, -40))
  await writeFile(log, `${whole.trim().split('\n').slice(0, -1).join('\n')}\n`)
  expect((await TrainingFolder.open(join(scratch, 'cut'))).saved!.state.step).toBe(52)
})

test('two trainings in one folder are refused: the first goes on', async () => {
  const folder = TrainingFolder.create(join(scratch, 'shared'), planOf(tiny))
  for await (const { step } of train(folder)) {
    if (step > 0) continue
    const second = await TrainingFolder.open(join(scratch, 'shared'))
    await expect(finished(second)).rejects.toThrow(
      /^A training goes on in ".*shared" already \(process \d+ on .+\): wait for it, or begin another in another folder\.$/,
    )
  }
  await finished(await TrainingFolder.open(join(scratch, 'shared')))
})

test('the result opens as a model, and so does every checkpoint', async () => {
  await trained('opened', tiny)
  const { info } = await loadModel({ source: { path: join(scratch, 'opened') } })
  expect(info.config).toMatchObject({ n_layers: 1, n_heads: 2, d_model: 16, d_head: 8, layout: publishedLayout(2) })
  await loadModel({ source: { path: join(scratch, 'opened/checkpoints/step-000020.safetensors') } })
})

test('the best checkpoint is kept where the recipe says so', async () => {
  const reports = await trained('best', {
    ...tiny,
    keep: 'best',
    schedule: { ...tiny.schedule, peak: 3, final: 3 },
  })
  const best = reports.reduce((x, y) => (y.heldOut.uniform.loss < x.heldOut.uniform.loss ? y : x))
  expect(best.step).toBeLessThan(totalSteps(tiny))
  const checkpoint = join(scratch, 'best/checkpoints', `step-${`${best.step}`.padStart(6, '0')}.safetensors`)
  expect(await model('best')).toEqual(await readFile(checkpoint))
})

test('a disk that fills names the last good checkpoint and how to go on', async () => {
  const full: typeof writeWhole = (path, content) => {
    if (path.includes('step-000020')) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    writeWhole(path, content)
  }
  const folder = TrainingFolder.create(join(scratch, 'full'), planOf(tiny), full)
  await expect(finished(folder)).rejects.toThrow(
    `"checkpoints/step-000020.safetensors" could not be written (the disk is full), and the last ` +
      `good checkpoint is "${join(scratch, 'full/checkpoints/step-000010.safetensors')}"; free some space and resume it ` +
      `("carryscope train --resume ${join(scratch, 'full')}").`,
  )
})

test('a loss that is no number stops the training and names the last good checkpoint', async () => {
  const wild = { ...tiny, schedule: { ...tiny.schedule, warmup: 0, peak: 1e38, final: 1e38 } }
  const folder = TrainingFolder.create(join(scratch, 'wild'), planOf(wild))
  const failure: unknown = await finished(folder).catch((error: unknown) => error)
  expect(failure).toMatchObject({ name: 'BadInput' })
  expect(String(failure)).toMatch(
    /The loss became (NaN|Infinity) at step \d+, and the last good checkpoint is ".*step-\d+\.safetensors"; begin again/,
  )
})

test('nothing is overwritten and nothing is resumed that is not there', async () => {
  await mkdir(join(scratch, 'mine'))
  await writeFile(join(scratch, 'file'), 'text')
  await trained('done', tiny)
  const create = async (name: string) => TrainingFolder.create(join(scratch, name), planOf(tiny))
  await expect(create('mine')).rejects.toThrow('is there already: choose a folder that is not')
  await expect(create('done')).rejects.toThrow('holds a training already: resume it ("carryscope train --resume')
  await expect(create('file')).rejects.toThrow('is there already')
  await expect(create('file/below')).rejects.toThrow('cannot be made (a file stands where a folder is wanted)')
  await expect(TrainingFolder.open(join(scratch, 'mine'))).rejects.toThrow('holds no training that could go on')
})

test('checkpoints are closer together at first', () => {
  const recipe = { ...tiny, interval: 100, schedule: { ...tiny.schedule, steps: 250 } }
  const steps = Array.from({ length: totalSteps(recipe) }, (_, i) => i + 1).filter((step) => isCheckpoint(recipe, step))
  expect(steps).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 250, 262])
})

function planOf(recipe: Recipe): TrainingPlan {
  return { preset: 'test', recipe, provider: 'cpu', machine: {} }
}

async function trained(name: string, recipe: Recipe): Promise<TrainingReport[]> {
  const path = join(scratch, name)
  await rm(path, { recursive: true, force: true })
  return finished(TrainingFolder.create(path, planOf(recipe)))
}

async function finished(folder: TrainingFolder): Promise<TrainingReport[]> {
  const reports: TrainingReport[] = []
  for await (const report of train(folder)) reports.push(report)
  return reports
}

async function model(name: string): Promise<Buffer> {
  return readFile(join(scratch, name, 'model.safetensors'))
}

/** The log without the time it took. */
async function logged(name: string): Promise<object[]> {
  const lines = (await readFile(join(scratch, name, 'log.jsonl'), 'utf8')).trim().split('\n')
  return lines.map((line) => ({ ...(JSON.parse(line) as TrainingReport), seconds: 0 }))
}
