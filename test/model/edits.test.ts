import { expect, test } from 'vitest'
import { resamplePartners } from '../../src/core/resample'
import type { Tensor } from '../../src/core/tensor'
import { tokensOf } from '../../src/core/tokens'
import { publishedLayout, type TaskLayout } from '../../src/core/task-layout'
import type { ModelConfig } from '../../src/model/config'
import { type Replacements, resolveEdits } from '../../src/model/edits'
import { hooksOf } from '../../src/model/hooks'
import { type Intervention, type Mode, hookOf, isHeadSite, sites, sitesOf } from '../../src/model/intervention'
import { meanActivations } from '../../src/model/mean-activations'
import type { Tokens } from '../../src/model/model'
import { summed } from '../../src/model/summed-hook'
import { largestDifference } from '../support/compare'
import { describeConfig, everyConfig, randomModel, smallConfig } from '../support/random-model'

const sums = [
  { a: 12, b: 34 },
  { a: 49, b: 1 },
  { a: 0, b: 27 },
  { a: 31, b: 9 },
]
const donor = { a: 45, b: 26 }

function partnersOf(seed: number, layout: TaskLayout): Tokens {
  const partners = [...resamplePartners(sums.length, seed)].map((partner) => sums[partner]!)
  return tokensOf(partners, layout)
}

function replacementsFor(model: ReturnType<typeof randomModel>): Replacements {
  return {
    means: (hooks) => meanActivations(model, [tokensOf(sums, model.config.layout)], hooks),
    resampled: (seed, hooks) => model.run(partnersOf(seed, model.config.layout), { outputs: hooks }),
  }
}

/** One intervention at every site, layer and head. */
function everywhere(config: ModelConfig, mode: Mode): Intervention[] {
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  const heads = Array.from({ length: config.n_heads }, (_, head) => head)
  const replacement = { positions: 'all', mode, ...(mode === 'patch' && { donor }) } as const
  return layers.flatMap((layer) =>
    sitesOf(config).flatMap((site): Intervention[] =>
      isHeadSite(site)
        ? heads.map((head) => ({ site, layer, head, ...replacement }))
        : [{ site, layer, ...replacement }],
    ),
  )
}

for (const config of everyConfig) {
  const model = randomModel(config)
  const tokens = tokensOf(sums, config.layout)
  const outputs = hooksOf(config).map((hook) => hook.name)
  const replacements = replacementsFor(model)

  test(`patching nothing changes nothing (${describeConfig(config)})`, async () => {
    expect(await resolveEdits(model, [], replacements)).toEqual([])
    const ownValue = async (sum: { a: number; b: number }) => {
      const patch = everywhere(config, 'patch').map((intervention) => ({ ...intervention, donor: sum }))
      return model.run(tokensOf([sum], config.layout), {
        outputs,
        edits: await resolveEdits(model, patch, replacements),
      })
    }
    const patched = await ownValue(donor)
    const clean = await model.run(tokensOf([donor], config.layout), { outputs })
    for (const name of outputs) expect(largestDifference(patched.get(name)!.data, clean.get(name)!.data), name).toBe(0)
  })

  test(`patching everything from the donor gives the donor's run (${describeConfig(config)})`, async () => {
    const edits = await resolveEdits(model, everywhere(config, 'patch'), replacements)
    const run = await model.run(tokens, { outputs, edits })
    const donorRun = await model.run(tokensOf([donor], config.layout), { outputs })
    for (const name of outputs.filter((name) => !/embed/.test(name))) {
      const { data } = donorRun.get(name)!
      for (let example = 0; example < sums.length; example++)
        expect(largestDifference(row(run.get(name)!, example), data), name).toBe(0)
    }
  })
}

const model = randomModel(smallConfig({ d_mlp: 6, act_fn: 'gelu' }))
const tokens = tokensOf(sums, publishedLayout(4))
const replacements = replacementsFor(model)

test.each(sites)(
  'zero, mean and resample of one head at some positions agree with direct computation at %s',
  async (site) => {
    const hook = hookOf(site, 1)
    const clean = (await model.run(tokens, { outputs: [hook] })).get(hook)!
    const positions = [3, 13]
    const partners = resamplePartners(sums.length, 7)
    const wanted: Record<'zero' | 'mean' | 'resample', (index: number[], example: number) => number> = {
      zero: () => 0,
      mean: ([, ...rest]) => sums.reduce((total, _, example) => total + at(clean, [example, ...rest]), 0) / sums.length,
      resample: ([, ...rest], example) => at(clean, [partners[example]!, ...rest]),
    }
    for (const mode of ['zero', 'mean', 'resample'] as const) {
      const head = isHeadSite(site) ? { head: 2 } : {}
      const intervention = { site, layer: 1, ...head, positions, mode, ...(mode === 'resample' && { seed: 7 }) }
      const edits = await resolveEdits(model, [intervention], replacements)
      const edited = (await model.run(tokens, { outputs: [hook], edits })).get(hook)!
      const expected = clean.data.map((kept, flat) => {
        const index = unflatten(flat, clean.shape)
        const position = index[clean.dims.findIndex((dim) => dim === 'position' || dim === 'query')]!
        const hit = positions.includes(position) && (!isHeadSite(site) || index[clean.dims.indexOf('head')] === 2)
        return hit ? wanted[mode](index, index[0]!) : kept
      })
      expect(largestDifference(edited.data, expected), mode).toBeLessThan(1e-14)
    }
  },
)

test('a neuron is replaced by itself, and beside all of a layer', async () => {
  const hook = hookOf('mlp_post', 1)
  const clean = (await model.run(tokens, { outputs: [hook] })).get(hook)!
  const one: Intervention = { site: 'mlp_post', layer: 1, neuron: 4, positions: [3, 13], mode: 'zero' }
  const all: Intervention = { site: 'mlp_post', layer: 1, positions: [13], mode: 'patch', donor }
  const donorPost = (await model.run(tokensOf([donor], publishedLayout(4)), { outputs: [hook] })).get(hook)!
  for (const interventions of [[one], [all, one]]) {
    const edits = await resolveEdits(model, interventions, replacements)
    const edited = (await model.run(tokens, { outputs: [hook], edits })).get(hook)!
    const expected = clean.data.map((kept, flat) => {
      const [, position, neuron] = unflatten(flat, clean.shape) as [number, number, number]
      if (neuron === 4 && [3, 13].includes(position)) return 0
      return interventions.includes(all) && position === 13 ? at(donorPost, [0, position, neuron]) : kept
    })
    expect(largestDifference(edited.data, expected)).toBe(0)
  }
})

test('where two interventions meet the later one wins, and there is one edit a hook', async () => {
  const zero: Intervention = { site: 'q', layer: 0, head: 1, positions: 'all', mode: 'zero' }
  const patch: Intervention = { ...zero, positions: [5], mode: 'patch', donor }
  const hook = 'blocks.0.attn.hook_q'
  const donorQ = (await model.run(tokensOf([donor], publishedLayout(4)), { outputs: [hook] })).get(hook)!
  const runWith = async (interventions: Intervention[]) => {
    const edits = await resolveEdits(model, interventions, replacements)
    expect(edits).toHaveLength(1)
    return (await model.run(tokens, { outputs: [hook], edits })).get(hook)!
  }
  const patchedLast = await runWith([zero, patch])
  expect(at(patchedLast, [2, 5, 1, 3])).toBe(at(donorQ, [0, 5, 1, 3]))
  expect(at(patchedLast, [2, 6, 1, 3])).toBe(0)
  expect(at(await runWith([patch, zero]), [2, 5, 1, 3])).toBe(0)
})

test.each(['zero', 'mean', 'resample', 'patch'] as const)(
  'edits for some positions do there what those for all do: %s',
  async (mode) => {
    const positions = [12, 9]
    const some = everywhere(model.config, mode).flatMap((intervention): Intervention[] =>
      intervention.head === 1 ? [] : [{ ...intervention, positions: [2, 9, 12] }],
    )
    const edits = await resolveEdits(model, some, replacements)
    const full = (await model.run(tokens, { outputs: ['logits'], edits })).get('logits')!
    const narrowed: Replacements = {
      means: (hooks) => meanActivations(model, [tokens], hooks, { outputs: hooks.map(summed), positions }),
      resampled: (seed, hooks) => model.run(partnersOf(seed, publishedLayout(4)), { outputs: hooks, positions }),
    }
    const narrow = await model.run(tokens, {
      outputs: ['logits'],
      positions,
      edits: await resolveEdits(model, some, narrowed, positions),
    })
    const wanted = sums.flatMap((_, example) =>
      positions.flatMap((position) => Array.from({ length: 12 }, (_, logit) => at(full, [example, position, logit]))),
    )
    expect(largestDifference(narrow.get('logits')!.data, wanted)).toBe(0)
  },
)

const base: Intervention = { site: 'q', layer: 0, head: 0, positions: 'all', mode: 'zero' }
const { head: _, ...headless } = base
test.each<[string, Intervention, string]>([
  ['a layer', { ...base, layer: 2 }, 'The model has no layer 2; it has layers 0 to 1.'],
  ['a head', { ...base, head: 3 }, 'The model has no head H0.3; the heads of layer 0 are H0.0 to H0.2.'],
  ['a position', { ...base, positions: [14] }, 'The model has no position 14; it has positions 0 to 13.'],
  ['no head', headless, 'The site q belongs to a head, but none was named; name one, as in H0.0.'],
  [
    'a head of the stream',
    { ...base, site: 'resid_pre' },
    'The site resid_pre has no heads, but H0.0 was named; name the layer alone.',
  ],
  ['no position', { ...base, positions: [] }, 'The intervention names no position; name at least one, or all.'],
  [
    'no donor',
    { ...base, mode: 'patch' },
    'A patch needs the sum that it takes the activation from; name a donor such as 1234+4321.',
  ],
])('%s that cannot be is refused', async (_, intervention, sentence) => {
  await expect(resolveEdits(randomModel(smallConfig()), [intervention], replacements)).rejects.toThrow(sentence)
})

test('an impossible donor is refused', async () => {
  const patch: Intervention = { ...base, mode: 'patch', donor: { a: 5000, b: 1 } }
  await expect(resolveEdits(model, [patch], replacements)).rejects.toThrow(/^5000 is out of range/)
})

function row({ data, shape }: Tensor, example: number): ArrayLike<number> {
  const size = data.length / shape[0]!
  return data.slice(example * size, (example + 1) * size)
}

function at({ data, shape }: Tensor, index: readonly number[]): number {
  return data[index.reduce((flat, place, axis) => flat * shape[axis]! + place, 0)]!
}

function unflatten(flat: number, shape: readonly number[]): number[] {
  return shape.map((extent, axis) => {
    const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1)
    return Math.floor(flat / inner) % extent
  })
}
