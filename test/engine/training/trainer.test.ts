import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { TrainerAnswer } from '../../../src/contract/trainer'
import { publishedLayout } from '../../../src/core/task-layout'
import { Trainer } from '../../../src/engine/training/trainer'

const scratch = mkdtempSync(join(tmpdir(), 'carryscope-trainer-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const sizes = { layers: 1, heads: 1, dModel: 8, dHead: 4, batchSize: 16, steps: 60 }
const choices = { preset: 'bundled', layout: publishedLayout(2), ...sizes }
const model = (name: string) => readFileSync(join(scratch, name, 'model.safetensors'))

/** A trainer, stopped as soon as it tells of a step that `stopsAt`. */
async function trained(request: Parameters<Trainer['hear']>[0], stopsAt = Infinity, keeps = false) {
  const answers: TrainerAnswer[] = []
  const trainer = new Trainer((answer) => {
    answers.push(answer)
    if (answer.kind === 'step' && answer.step >= stopsAt) void trainer.hear({ kind: 'stop', keeps })
  })
  await trainer.hear(request)
  return answers
}

test('a run that is held and resumed gives the bytes of one that was not', async () => {
  const whole = await trained({ kind: 'begin', folder: join(scratch, 'whole'), choices })
  expect(whole.at(-1)).toEqual({ kind: 'ended', finished: true })
  const held = await trained({ kind: 'begin', folder: join(scratch, 'held'), choices }, 20)
  expect(held.at(-1)).toEqual({ kind: 'ended', finished: false })
  const resumed = await trained({ kind: 'resume', folder: join(scratch, 'held') })
  expect(resumed.at(-1)).toEqual({ kind: 'ended', finished: true })
  expect(model('held')).toEqual(model('whole'))
})

test('a run that is stopped leaves its last checkpoint as the model, and can still go on', async () => {
  const answers = await trained({ kind: 'begin', folder: join(scratch, 'stopped'), choices }, 20, true)
  const last = answers.findLast((answer) => answer.kind === 'step')!
  const name = `checkpoints/step-${String(last.checkpoint).padStart(6, '0')}.safetensors`
  expect(model('stopped')).toEqual(readFileSync(join(scratch, 'stopped', name)))
  await trained({ kind: 'resume', folder: join(scratch, 'stopped') })
  expect(model('stopped')).toEqual(model('whole'))
})

test('what cannot be begun is refused in a sentence', async () => {
  const folder = join(scratch, 'whole')
  const [taken] = await trained({ kind: 'begin', folder, choices })
  expect(taken).toHaveProperty('message', expect.stringContaining('holds a training already'))
  const [none] = await trained({ kind: 'begin', folder: join(scratch, 'x'), choices: { ...choices, hardShare: 2 } })
  expect(none).toEqual({
    kind: 'failure',
    message: 'The share of hard sums is 2, but it must lie between 0 and 1; change it.',
  })
  const [nowhere] = await trained({ kind: 'resume', folder: join(scratch, 'nowhere') })
  expect(nowhere).toHaveProperty('message', expect.stringContaining('holds no training'))
})
