import { afterAll, describe, expect, test } from 'vitest'
import type { Tensor } from '../../../src/core/tensor'
import { answerPositions } from '../../../src/core/positions'
import { editableHooks } from '../../../src/engine/editable-hooks'
import { OnnxModel } from '../../../src/engine/onnx-model'
import { hooksOf } from '../../../src/model/hooks'
import { resolveEdits } from '../../../src/model/edits'
import type { Intervention } from '../../../src/model/intervention'
import { meanActivations } from '../../../src/model/mean-activations'
import type { Edit, RunOptions } from '../../../src/model/model'
import { headAlone, hooksToShare } from '../../../src/model/shared-with-clean'
import { summed } from '../../../src/model/summed-hook'
import { firstDivergence } from '../../support/first-divergence'
import { randomEdits, randomTokens } from '../../support/random-edits'
import { describeConfig, everyConfig, randomModel } from '../../support/random-model'

const examples = 3
const shapes = everyConfig.map((config) => ({ config, title: describeConfig(config) }))

describe.each(shapes)('the onnx graph of $title', ({ config }) => {
  const oracle = randomModel(config)
  const onnx = new OnnxModel(oracle)
  const tokens = randomTokens(config, examples, 3)
  const hooks = hooksOf(config).map((hook) => hook.name)
  const editable = editableHooks(config)
  const last = `blocks.${config.n_layers - 1}.`
  const positions = [config.n_ctx - 2, 2, config.n_ctx - 4]
  afterAll(() => onnx.dispose())

  const agree = async (options: RunOptions): Promise<void> => {
    const [actual, expected] = await Promise.all([onnx.run(tokens, options), oracle.run(tokens, options)])
    expect(firstDivergence(options.outputs, actual, expected)).toBeNull()
  }

  test('agrees with the oracle on every hook', () => agree({ outputs: hooks }))

  test('agrees on every hook without tables for layer 0', async () => {
    const plain = new OnnxModel(oracle, { plain: true })
    const [actual, expected] = [
      await plain.run(tokens, { outputs: hooks }),
      await oracle.run(tokens, { outputs: hooks }),
    ]
    expect(firstDivergence(hooks, actual, expected)).toBeNull()
    await plain.dispose()
  })

  test.each(editable)('agrees on every hook after a random edit of %s', (hook) =>
    agree({ outputs: hooks, edits: randomEdits(config, [hook], { examples, seed: 11 }) }),
  )

  test.each([1, 2, 3])('agrees on every hook after random edits of every site, seed %i', (seed) =>
    agree({ outputs: hooks, edits: randomEdits(config, editable, { examples, seed }) }),
  )

  test('agrees in the faster form, without the single results', async () => {
    const edited = editable.filter((hook) => !hook.endsWith('result'))
    await agree({ outputs: ['logits'] })
    await agree({ outputs: ['logits'], edits: randomEdits(config, edited, { examples, seed: 5 }) })
  })

  test('agrees on some positions alone', async () => {
    await agree({ outputs: hooks, positions })
    await agree({ outputs: hooks, positions, edits: randomEdits(config, editable, { examples, seed: 9, positions }) })
  })

  test.each([[positions], [[config.layout.operandDigits]], [[0]]])(
    'agrees where nothing but positions %j is shown',
    async (few) => {
      const narrowed = ['attn.hook_q', 'attn.hook_z', 'attn.hook_result', 'hook_resid_post'].map((name) => last + name)
      const edits = randomEdits(config, editable, { examples, seed: 10, positions: few })
      await agree({ outputs: ['logits'], positions: few })
      const causal = edits.filter(({ hook }) => !hook.endsWith('pattern'))
      await agree({ outputs: [...narrowed, 'logits'], positions: few, edits })
      await agree({ outputs: [...narrowed, 'logits'], positions: few, edits: causal })
    },
  )

  test('gives at some positions alone what the full run gives there', async () => {
    const narrowed = hooksOf(config).filter((hook) => hook.narrowed && hook.dims.includes('position'))
    const outputs = narrowed.map((hook) => hook.name)
    const [part, full] = await Promise.all([onnx.run(tokens, { outputs, positions }), onnx.run(tokens, { outputs })])
    const rows = new Map([...full].map(([name, activation]) => [name, atPositions(activation, positions)]))
    expect(firstDivergence(outputs, part, rows)).toBeNull()
  })

  test('gives from the last layer on what the full run gives', async () => {
    const full = await oracle.run(tokens, { outputs: hooks })
    const start = { layer: config.n_layers - 1, residPre: full.get(`${last}hook_resid_pre`)! }
    const outputs = hooks.slice(hooks.indexOf(`${last}hook_resid_pre`))
    expect(firstDivergence(outputs, await onnx.run(tokens, { outputs, start }), full)).toBeNull()
    const edited = editable.filter((hook) => hook.startsWith(last))
    await agree({ outputs, start, positions, edits: randomEdits(config, edited, { examples, seed: 4, positions }) })
  })

  test.each([
    ['q', ['k', 'v']],
    ['k', ['q', 'v']],
    ['v', ['pattern']],
    ['result', ['z']],
    ['resid_pre', ['q', 'k']],
  ])('agrees after an edit of %s where %j are given outright', async (edited, given) => {
    const name = (site: string): string => `${last}${site === 'resid_pre' ? 'hook_resid_pre' : `attn.hook_${site}`}`
    const clean = await oracle.run(tokens, { outputs: given.map(name), positions })
    const wholes = [...clean].map(([hook, { shape, data }]): Edit => {
      return {
        hook,
        mask: { shape: shape.map(() => 1), data: Uint8Array.of(1) },
        value: { shape, data: Float64Array.from(data) },
      }
    })
    const edits = [...wholes, ...randomEdits(config, [name(edited)], { examples, seed: 12, positions })]
    await agree({ outputs: ['logits'], positions, edits })
    await agree({ outputs: hooks, positions, edits })
  })

  test.each(['q', 'k', 'v', 'pattern', 'z'] as const)(
    'agrees where all but one head of a layer is known from the clean run: an edit of %s',
    async (site) => {
      const few = answerPositions(config.layout)
      const clean = await oracle.run(tokens, { outputs: hooksToShare(config), positions: few })
      for (let layer = 0; layer < config.n_layers; layer++) {
        const head = (layer + 1) % config.n_heads
        const cuts: Intervention[] = [
          { site, layer, head, positions: 'all', mode: 'mean' },
          { site, layer, head, positions: [3, few[0]!], mode: 'resample' },
          { site, layer, head, positions: 'all', mode: 'resample' },
        ]
        for (const cut of cuts) {
          const sources = {
            means: (names: readonly string[]) =>
              meanActivations(oracle, [tokens], names, { outputs: names.map(summed), positions: few }),
            resampled: (_: number, names: readonly string[]) =>
              oracle.run(randomTokens(config, examples, 8), { outputs: names, positions: few }),
          }
          const edits = await resolveEdits(oracle, [cut], sources, few)
          const options = { outputs: [`blocks.${layer}.hook_resid_post`, 'logits'], positions: few, edits, clean }
          expect(headAlone(config, options)).toMatchObject({ layer, head })
          await agree(options)
        }
      }
    },
  )

  test('gives the clean run, to the bit, where nothing is patched', async () => {
    // An edit of what layer 0 reads makes it compute what it otherwise looks up in tables, to the same 2e-5.
    const edits = randomEdits(
      config,
      editable.filter((hook) => hook !== 'blocks.0.hook_resid_pre'),
      { examples, seed: 2 },
    ).map(({ hook, value }): Edit => {
      return { hook, value, mask: { shape: value.shape.map(() => 1), data: Uint8Array.of(0) } }
    })
    const [patched, clean] = await Promise.all([
      onnx.run(tokens, { outputs: hooks, edits }),
      onnx.run(tokens, { outputs: hooks }),
    ])
    expect(firstDivergence(hooks, patched, clean, () => 0)).toBeNull()
  })

  test.each(['q k v', 'pattern v', 'z', 'result'])(
    "gives the donor's run where its embeddings' stream and %s are patched",
    async (names) => {
      const edited = editable.filter(
        (hook) => hook.endsWith('0.hook_resid_pre') || names.split(' ').some((name) => hook.endsWith(`hook_${name}`)),
      )
      const donor = await onnx.run(randomTokens(config, examples, 8), { outputs: [...edited, 'logits'] })
      const edits = edited.map((hook): Edit => {
        const { shape, data } = donor.get(hook)!
        return {
          hook,
          mask: { shape: shape.map(() => 1), data: Uint8Array.of(1) },
          value: { shape, data: Float32Array.from(data) },
        }
      })
      const patched = await onnx.run(tokens, { outputs: ['logits'], edits })
      expect(firstDivergence(['logits'], patched, donor, () => 1e-5)).toBeNull()
    },
  )

  test('names an unknown hook and one that the run never reaches', async () => {
    const residPre = (await onnx.run(tokens, { outputs: [`${last}hook_resid_pre`] })).get(`${last}hook_resid_pre`)!
    await expect(onnx.run(tokens, { outputs: ['blocks.0.attn.hook_patern'] })).rejects.toThrow(
      'the nearest name is "blocks.0.attn.hook_pattern"',
    )
    await expect(onnx.run(tokens, { outputs: ['hook_embed'], start: { layer: 0, residPre } })).rejects.toThrow(
      'never reaches "hook_embed"',
    )
  })
})

/** The rows of an activation [example, position, ..] at some positions. */
function atPositions(activation: Tensor, positions: readonly number[]): Tensor {
  const [count, places, ...rest] = activation.shape as [number, number, ...number[]]
  const width = activation.data.length / (count * places)
  const rows = Array.from({ length: count }, (_, example) =>
    positions.map((position) => (example * places + position) * width),
  ).flat()
  const data = Float32Array.from(rows.flatMap((from) => Array.from(activation.data.subarray(from, from + width))))
  return { ...activation, shape: [count, positions.length, ...rest], data }
}
