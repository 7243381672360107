import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { builtCommand } from '../../support/built-command'
import { hasCheckpoints, leftBy, smallTraining } from '../../support/killed-training'

let built: Awaited<ReturnType<typeof builtCommand>>
beforeAll(async () => {
  built = await builtCommand()
})
afterAll(() => rmSync(built.folder, { recursive: true, force: true }))

test('a training killed by the system again and again, and resumed, gives the same bytes', async () => {
  const [whole, killed] = [join(built.folder, 'whole'), join(built.folder, 'killed')]
  // A checkpoint after every second step, so that most kills hit while files are written.
  const sizes = { steps: 160, interval: 2 }
  expect(await smallTraining(built.entry, whole, sizes)).toEqual({ code: 0, kills: 0 })
  const moments = [4, 15, 26, 37].map((count) => () => hasCheckpoints(killed, count))
  const { code, kills } = await smallTraining(built.entry, killed, sizes, moments)
  expect(code).toBe(0)
  expect(kills).toBe(moments.length)
  expect(leftBy(killed)).toEqual(leftBy(whole))
}, 180_000)
