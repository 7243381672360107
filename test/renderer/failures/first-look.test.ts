// @vitest-environment jsdom
import { expect, test } from 'vitest'
import type { CellMargins } from '../../../src/contract/exhaustive'
import { Failures } from '../../../src/renderer/state/failures.svelte'
import { lookSums } from '../../../src/charts/failures/first-look'
import { publishedLayout } from '../../../src/core/task-layout'

const layout = publishedLayout(4)
const { side } = lookSums(layout)

function margins(known: number): CellMargins {
  const margin = new Float32Array(side * side).fill(NaN).fill(3, 0, known)
  return { side, margin, digit: new Uint8Array(side * side), runnerUp: new Uint8Array(side * side) }
}

test('a part of a first look is for the map alone; the panels beside it are told of the whole', async () => {
  let report: ((progress: { margins: CellMargins }) => void) | undefined
  let answer: ((margins: CellMargins) => void) | undefined
  const engine = {
    call: (_method: string, _params: unknown, options: { onProgress: typeof report }) => {
      report = options.onProgress
      return new Promise<CellMargins>((resolve) => (answer = resolve))
    },
  }
  const failures = new Failures(engine as never, {} as never, layout)
  const looked = failures.look([])
  expect(failures.every).toBeNull()
  report!({ margins: margins(200) })
  expect(failures.every?.n).toBe(200)
  expect(failures.told).toBeNull()
  answer!(margins(side * side))
  await looked
  expect(failures.every?.n).toBe(side * side)
  expect(failures.told).toBe(failures.every)
})
