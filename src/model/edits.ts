import type { Sum } from '../core/sum'
import type { Tensor } from '../core/tensor'
import { tokensOf } from '../core/tokens'
import { checkIntervention } from './check-intervention'
import type { ModelConfig } from './config'
import { hookNamed, shapeOfHook } from './hooks'
import { type Intervention, hookOf } from './intervention'
import type { ActivationCache, Edit, Model } from './model'

/** Where replacements other than zero and a donor's activation come from. */
export interface Replacements {
  /** Clean means of these hooks over the reference set, with an `example` axis of extent 1 (see `meanActivations`). */
  means(hooks: readonly string[]): Promise<ActivationCache>
  /** These hooks of the other sum that each example of the batch is resampled from with this seed; one serves all. */
  resampled(seed: number, hooks: readonly string[]): Promise<ActivationCache>
}

/**
 * Makes interventions concrete: one edit for each hook that any of them acts at, the later intervention winning where two
 * meet. Masks have an example axis of extent 1; so have values, unless something is resampled. Donors are run clean on
 * `model`. For a run at some `positions` only, the hooks that it narrows have those alone, here and in the replacements.
 *
 * Throws BadInput for a layer, head or position that the model does not have, or a donor out of range.
 */
export async function resolveEdits(
  model: Model,
  interventions: readonly Intervention[],
  replacements: Replacements,
  positions?: readonly number[],
): Promise<Edit[]> {
  for (const intervention of interventions) checkIntervention(model.config, intervention)
  const sources = await replacementSources(model, interventions, replacements, positions)
  return hooksIn(interventions).map((hook) => {
    const here = interventions.filter(({ site, layer }) => hookOf(site, layer) === hook)
    const replacing = here.map((intervention) => {
      return { intervention, source: sources.get(sourceKey(intervention))?.get(hook) }
    })
    return mergedEdit(model.config, hook, replacing, positions)
  })
}

function hooksIn(interventions: readonly Intervention[]): string[] {
  return [...new Set(interventions.map(({ site, layer }) => hookOf(site, layer)))]
}

/** Interventions with the same key take their replacement from the same run. */
function sourceKey({ mode, donor, seed = 0 }: Intervention): string {
  if (mode === 'patch') return `patch ${donor!.a}+${donor!.b}`
  return mode === 'resample' ? `resample ${seed}` : mode
}

/** The activations to take replacements from, by source and hook; `zero` needs none. */
async function replacementSources(
  model: Model,
  interventions: readonly Intervention[],
  replacements: Replacements,
  positions: readonly number[] | undefined,
): Promise<ReadonlyMap<string, ActivationCache>> {
  const replacing = interventions.filter(({ mode }) => mode !== 'zero')
  const sources = new Map<string, ActivationCache>()
  for (const key of new Set(replacing.map(sourceKey))) {
    const group = replacing.filter((intervention) => sourceKey(intervention) === key)
    const run = (sum: Sum, hooks: readonly string[]) =>
      model.run(tokensOf([sum], model.config.layout), { outputs: hooks, ...(positions && { positions }) })
    sources.set(key, await sourceOf(group[0]!, hooksIn(group), replacements, run))
  }
  return sources
}

async function sourceOf(
  { mode, donor, seed = 0 }: Intervention,
  hooks: readonly string[],
  replacements: Replacements,
  run: (sum: Sum, hooks: readonly string[]) => Promise<ActivationCache>,
): Promise<ActivationCache> {
  if (mode === 'mean') return replacements.means(hooks)
  return mode === 'patch' ? run(donor!, hooks) : replacements.resampled(seed, hooks)
}

interface Replacing {
  readonly intervention: Intervention
  /** The hook's activation to take the replacement from; zeros when absent. */
  readonly source: Tensor | undefined
}

/**
 * A hook's interventions in one edit. A cell is one entry of the axes between `example` and the last, which is replaced whole,
 * unless single neurons are: then a cell is one entry of the last axis too.
 */
function mergedEdit(
  config: ModelConfig,
  name: string,
  replacing: readonly Replacing[],
  positions: readonly number[] | undefined,
): Edit {
  const hook = hookNamed(config, name)
  const rows = Math.max(1, ...replacing.map(({ source }) => source?.shape[0] ?? 1))
  const shape = shapeOfHook(config, hook, rows, positions)
  const places = hook.narrowed ? positions : undefined
  const byNeuron = replacing.some(({ intervention }) => intervention.neuron !== undefined)
  const width = byNeuron ? 1 : shape.at(-1)!
  const cellShape = byNeuron ? shape.slice(1) : shape.slice(1, -1)
  const maskShape = byNeuron ? [1, ...cellShape] : [1, ...cellShape, 1]
  const mask = new Uint8Array(cellShape.reduce((product, extent) => product * extent, 1))
  const value = emptyLike(replacing, rows * mask.length * width)
  for (const { intervention, source } of replacing)
    for (const cell of cellsOf(hook.dims, cellShape, intervention, places)) {
      mask[cell] = 1
      for (let row = 0; row < rows; row++) {
        const to = (row * mask.length + cell) * width
        if (source) value.set(cellData(source, row, cell, mask.length, width), to)
        else value.fill(0, to, to + width)
      }
    }
  return { hook: name, mask: { shape: maskShape, data: mask }, value: { shape, data: value } }
}

/** Float64 where a source is, so that the oracle loses nothing. */
function emptyLike(replacing: readonly Replacing[], length: number): Float32Array | Float64Array {
  const precise = replacing.some(({ source }) => source?.data instanceof Float64Array)
  return precise ? new Float64Array(length) : new Float32Array(length)
}

function cellData({ data, shape }: Tensor, row: number, cell: number, cells: number, width: number) {
  const from = ((row % shape[0]!) * cells + cell) * width
  return data.subarray(from, from + width)
}

/**
 * The cells, of these extents, that an intervention replaces: its head or neuron (if the hook has them) at its positions.
 * `places` are all there are.
 */
function cellsOf(
  dims: readonly string[],
  shape: readonly number[],
  { head, neuron, positions }: Intervention,
  places: readonly number[] | undefined,
): number[] {
  const cells = shape.reduce((product, extent) => product * extent, 1)
  const indexAlong = (cell: number, axis: number) =>
    Math.floor(cell / shape.slice(axis + 1).reduce((product, extent) => product * extent, 1)) % shape[axis]!
  const axisOf = (...names: readonly string[]) => dims.findIndex((dim) => names.includes(dim)) - 1
  const headAxis = axisOf('head')
  const neuronAxis = axisOf('d_mlp')
  const positionAxis = axisOf('position', 'query')
  const placeAt = (index: number): number => (places ? places[index]! : index)
  return Array.from({ length: cells }, (_, cell) => cell).filter(
    (cell) =>
      (headAxis < 0 || indexAlong(cell, headAxis) === head) &&
      (neuron === undefined || indexAlong(cell, neuronAxis) === neuron) &&
      (positions === 'all' || positions.includes(placeAt(indexAlong(cell, positionAxis)))),
  )
}
