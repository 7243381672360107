import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createEngine } from '../../src/engine/handlers'
import type { Tensor } from '../../src/core/tensor'
import type { Schedule } from '../../src/analyses/analysis'
import type { AnalysisParams } from '../../src/analyses/registry'
import type { Intervention } from '../../src/model/intervention'
import type { RunView } from '../../src/contract/contract'
import { mergedParts } from '../../src/host/merged-parts'
import { connectEngine } from '../../src/contract/rpc-client'
import { serveEngine, type EngineHandlers } from '../../src/contract/rpc-server'
import { channelPorts } from '../support/channel-ports'
import { largestDifference } from '../support/compare'
import { randomModelFolder } from '../support/model-folder'
import { unwatched } from '../../src/contract/unwatched'

const folder = randomModelFolder()
afterAll(() => {
  folder.remove()
})

const sum = { a: 2968, b: 1606 }
const cut: Intervention[] = [
  { site: 'result', layer: 0, head: 2, positions: 'all', mode: 'mean' },
  { site: 'q', layer: 1, head: 0, positions: [9, 10], mode: 'resample', seed: 3 },
]
const hovered: Intervention[] = [
  { site: 'pattern', layer: 1, head: 1, positions: 'all', mode: 'patch', donor: { a: 1234, b: 4321 } },
]

async function opened(): Promise<EngineHandlers> {
  const engine = createEngine()
  await engine.openModel({ source: { path: folder.path } }, unwatched)
  return engine
}

describe('explore', () => {
  let engine: EngineHandlers
  beforeAll(async () => {
    engine = await opened()
  })

  /** The view that the one-sum analyses give, each by a run of its own. */
  async function expectAnalysed(view: RunView, interventions: readonly Intervention[]) {
    const analyse = (id: string) =>
      engine.analyze({ id, params: { sum, interventions } satisfies AnalysisParams }, unwatched)
    const predictions = await analyse('predictions')
    const attention = await analyse('attention')
    const pairs = [
      [view.logits, predictions['logits']],
      [view.probs, predictions['probs']],
      [view.pattern, attention['pattern']],
      [view.scores, attention['scores']],
      [view.dla, (await analyse('dla'))['attribution']],
      [view.pathDla, (await analyse('path-dla'))['attribution']],
    ] as [Tensor, Tensor][]
    for (const [seen, wanted] of pairs) {
      expect(seen.labels).toEqual(wanted.labels)
      expect(largestDifference(seen.data, wanted.data)).toBeLessThan(1e-4)
    }
    expect(view.closure).toBeLessThan(1e-3)
    expect(view.pathClosure).toBeLessThan(1e-3)
  }

  test('clean, intervened and previewed rows of the one run are what the analyses say of each', async () => {
    const { clean, now, preview } = await engine.explore({ sum, interventions: cut, preview: hovered }, unwatched)
    await expectAnalysed(clean, [])
    await expectAnalysed(now, cut)
    await expectAnalysed(preview!, [...cut, ...hovered])
  })

  const moved: Intervention[] = [
    { site: 'result', layer: 0, head: 1, positions: [8, 9], mode: 'patch', donor: { a: 1863, b: 888 } },
  ]

  test('through every piece of the last layer and past it, a preview is the whole one', async () => {
    const whole = await engine.explore({ sum, interventions: cut, preview: moved }, unwatched)
    for (const via of ['q+k+v+direct', 'pattern+v+direct']) {
      const { preview } = await engine.explore({ sum, interventions: cut, preview: moved, via }, unwatched)
      expect(largestDifference(preview!.logits.data, whole.preview!.logits.data)).toBeLessThan(1e-4)
      expect(preview!.closure).toBeLessThan(1e-3)
    }
  })

  test('through a piece alone, a preview answers what the transplant of that pair does', async () => {
    const params = { dataset: { size: 6, seed: 3 }, at: ['H0.1@B3', 'H0.1@='], via: 'pattern+v@H1.2', examples: 6 }
    const { operands, donorOperands, observed } = (await engine.analyze(
      { id: 'transplant', params },
      unwatched,
    )) as unknown as Record<string, Tensor>
    const sumAt = ({ data }: Tensor, pair: number) => ({ a: data[2 * pair]!, b: data[2 * pair + 1]! })
    for (let pair = 0; pair < 6; pair++) {
      const preview: Intervention[] = [{ ...moved[0]!, donor: sumAt(donorOperands!, pair) }]
      const question = { sum: sumAt(operands!, pair), interventions: [], preview, via: 'pattern+v@H1.2' }
      const view = await engine.explore(question, unwatched)
      expect(view.preview!.predicted).toEqual(Array.from(observed!.data.subarray(4 * pair, 4 * pair + 4)))
    }
  })

  test('what is moved in the last layer cannot be followed through it', async () => {
    const preview: Intervention[] = [{ ...moved[0]!, layer: 1 }]
    await expect(engine.explore({ sum, interventions: [], preview, via: 'q' }, unwatched)).rejects.toThrow(
      'so it cannot begin there',
    )
  })

  test('without interventions, now is clean and there is no preview', async () => {
    const { clean, now, preview } = await engine.explore({ sum, interventions: [] }, unwatched)
    expect(now).toEqual(clean)
    expect(preview).toBeUndefined()
  })

  test('a view that is asked for again, in other company, is the same to the bit', async () => {
    const first = await engine.explore({ sum, interventions: hovered, preview: cut }, unwatched)
    const fresh = await (await opened()).explore({ sum, interventions: hovered }, unwatched)
    expect(fresh.now).toEqual(first.now)
    expect(fresh.clean).toEqual(first.clean)
  })

  test('a sum or an intervention that the model cannot have is refused', async () => {
    const beyond: Intervention = { site: 'q', layer: 2, head: 0, positions: 'all', mode: 'mean' }
    await expect(engine.explore({ sum: { a: 5000, b: 1 }, interventions: [] }, unwatched)).rejects.toThrow(
      '5000 is out of range',
    )
    await expect(engine.explore({ sum, interventions: [beyond] }, unwatched)).rejects.toThrow(
      'The model has no layer 2',
    )
  })
})

test('before a model is open, the engine says so', async () => {
  const engine = createEngine()
  const refused = { code: 'no-model', message: 'No model is open: open a model file or folder first.' }
  await expect(engine.explore({ sum, interventions: [] }, unwatched)).rejects.toMatchObject(refused)
  await expect(engine.status({}, unwatched)).resolves.toMatchObject({ model: null, pid: process.pid })
})

test('a file that is not there is refused and the open model stays open', async () => {
  const engine = await opened()
  await expect(engine.openModel({ source: { path: '/no/such/model' } }, unwatched)).rejects.toThrow(
    'There is no model at "/no/such/model": name a folder with config.json and model.safetensors, a .safetensors file or a .pt file.',
  )
  await expect(engine.status({}, unwatched)).resolves.toMatchObject({ model: { path: folder.path } })
})

test('the reference set is pinned and named by the hash of its tokens', async () => {
  const { model } = await (await opened()).status({}, unwatched)
  expect(model?.reference).toEqual({
    size: 1000,
    seed: 42,
    sha256: 'd372f534422de8cefd319a4fa9232b746c1e5cfd0c5f3603bf5ff82855aeb17c',
  })
})

describe('jobs', () => {
  /** An engine behind its port, as a window has it. */
  async function connected() {
    const { near, far, cut: hangUp } = channelPorts()
    serveEngine(far, createEngine())
    const client = connectEngine(near)
    await client.call('openModel', { source: { path: folder.path } })
    return { client, hangUp }
  }
  const sweep = { id: 'qkv-ablation', params: { dataset: { size: 6000, seed: 1 } } }

  test('a live call during a sweep is answered before the sweep goes on', async () => {
    const { client, hangUp } = await connected()
    const log: string[] = []
    const running = client.call('analyze', sweep, {
      onProgress: ({ done }) => {
        log.push(`sweep ${done}`)
        if (log.length === 3) void client.call('explore', { sum, interventions: [] }).then(() => log.push('explored'))
      },
    })
    await running
    expect(log).toContain('explored')
    // Asked for at the third report; whatever chunk was under way then may still report.
    expect(log.indexOf('explored')).toBeLessThan(8)
    expect(log.length).toBeGreaterThan(20)
    hangUp()
  })

  test('a cancelled sweep stops long before its end', async () => {
    const { client, hangUp } = await connected()
    const controller = new AbortController()
    let last = { done: 0, total: 1 }
    const running = client.call('analyze', sweep, {
      signal: controller.signal,
      onProgress: (progress) => {
        last = progress
        controller.abort()
      },
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    // The engine is free at once: had it gone on, this would have to wait for the whole sweep.
    await client.call('analyze', { id: 'performance', params: { dataset: { size: 10, seed: 1 } } })
    expect(last.done / last.total).toBeLessThan(0.2)
    hangUp()
  })

  test('of many keystrokes only the newest is computed', async () => {
    const { client, hangUp } = await connected()
    const asked = Array.from({ length: 20 }, (_, a) =>
      client.call('explore', { sum: { a, b: 7 }, interventions: cut }, { newest: 'live' }),
    )
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.map(({ status }) => status)).toEqual([...Array.from({ length: 19 }, () => 'rejected'), 'fulfilled'])
    hangUp()
  })

  test.each(['head-ablation', 'qkv-ablation', 'position-ablation'])('the parts of %s make the whole', async (id) => {
    const engine = await opened()
    const dataset = { size: 20, seed: 3 }
    const ask = (share?: Schedule['share']) =>
      engine.analyze({ id, params: { dataset }, ...(share && { schedule: { share } }) }, unwatched)
    const parts = [await ask({ index: 0, of: 3 }), await ask({ index: 1, of: 3 }), await ask({ index: 2, of: 3 })]
    expect(mergedParts(parts)).toEqual(await ask())
    expect((parts[0]!['lossDiff'] as Tensor).data.some((loss) => Number.isNaN(loss))).toBe(true)
  })
})
