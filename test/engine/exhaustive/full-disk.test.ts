import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { publishedLayout } from '../../../src/core/task-layout'
import { EvaluationState } from '../../../src/engine/exhaustive/evaluation-state'
import { writePart } from '../../../src/engine/exhaustive/kept-part'

vi.mock('../../../src/files/whole-file', async (original) => ({
  ...(await original<object>()),
  writeWhole: () => {
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
  },
}))

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'full-disk-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const of = { sha256: 'a', layout: publishedLayout(4), interventions: [], computedBy: 'kernel 3' } as const

test('a part that cannot be kept is told in a sentence, and what was kept before is still there', () => {
  const path = join(folder, '1-of-2.json')
  writeFileSync(path, 'before')
  const question = { ...of, processing: { fold_ln: true, center_writing_weights: true, center_unembed: true } } as never
  expect(() => writePart(path, question, { next: 1, evaluation: null })).toThrow(
    `What is evaluated could not be kept in "${folder}" (the disk is full): make room there, then run again; what was kept before is still there.`,
  )
  expect(readFileSync(path, 'utf8')).toBe('before')
})

test('a state that cannot be written is told in a sentence, and holds what it held', async () => {
  const path = join(folder, 'state.json')
  const task = { ...of, decoding: 'teacher-forced', shard: { index: 1, count: 1 }, chunkSize: 1 } as const
  const state = await EvaluationState.open(task, [10], path)
  expect(() => state.add(0, {} as never)).toThrow(
    `The state "${path}" could not be written (the disk is full): make room or choose another with --state; it holds what was finished before.`,
  )
  state.close()
})
