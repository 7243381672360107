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
  /** For each example of the batch the other sum that `resample` with this seed takes activations from; one serves all. */
  partners(seed: number): readonly Sum[]
}

/**
 * Makes interventions concrete: one edit for each hook that any of them acts at, the later intervention winning where two
 * meet. Masks have an example axis of extent 1; so have values, unless something is resampled. Donors and partners are run
 * clean on `model`.
 *
 * Throws BadInput for a layer, head or position that the model does not have, or a donor out of range.
 */
export async function resolveEdits(
  model: Model,
  interventions: readonly Intervention[],
  replacements: Replacements,
): Promise<Edit[]> {
  for (const intervention of interventions) checkIntervention(model.config, intervention)
  const sources = await replacementSources(model, interventions, replacements)
  return hooksIn(interventions).map((hook) => {
    const here = interventions.filter(({ site, layer }) => hookOf(site, layer) === hook)
    return mergedEdit(
      model.config,
      hook,
      here.map((intervention) => ({ intervention, source: sources.get(sourceKey(intervention))?.get(hook) })),
    )
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
): Promise<ReadonlyMap<string, ActivationCache>> {
  const replacing = interventions.filter(({ mode }) => mode !== 'zero')
  const sources = new Map<string, ActivationCache>()
  for (const key of new Set(replacing.map(sourceKey))) {
    const group = replacing.filter((intervention) => sourceKey(intervention) === key)
    sources.set(key, await sourceOf(model, group[0]!, hooksIn(group), replacements))
  }
  return sources
}

async function sourceOf(
  model: Model,
  { mode, donor, seed = 0 }: Intervention,
  hooks: readonly string[],
  replacements: Replacements,
): Promise<ActivationCache> {
  if (mode === 'mean') return replacements.means(hooks)
  const sums = mode === 'patch' ? [donor!] : replacements.partners(seed)
  return model.run(tokensOf(sums, model.config.numDigits), { outputs: hooks })
}

interface Replacing {
  readonly intervention: Intervention
  /** The hook's activation to take the replacement from; zeros when absent. */
  readonly source: Tensor | undefined
}

/** A hook's interventions in one edit. A cell is one entry of the axes between `example` and the last, which is replaced whole. */
function mergedEdit(config: ModelConfig, hook: string, replacing: readonly Replacing[]): Edit {
  const { dims } = hookNamed(config, hook)
  const rows = Math.max(1, ...replacing.map(({ source }) => source?.shape[0] ?? 1))
  const shape = shapeOfHook(config, hookNamed(config, hook), rows)
  const width = shape.at(-1)!
  const maskShape = [1, ...shape.slice(1, -1), 1]
  const mask = new Uint8Array(shape.slice(1, -1).reduce((product, extent) => product * extent, 1))
  const value = emptyLike(replacing, rows * mask.length * width)
  for (const { intervention, source } of replacing)
    for (const cell of cellsOf(dims, shape, intervention)) {
      mask[cell] = 1
      for (let row = 0; row < rows; row++) {
        const to = (row * mask.length + cell) * width
        if (source) value.set(cellData(source, row, cell, mask.length, width), to)
        else value.fill(0, to, to + width)
      }
    }
  return { hook, mask: { shape: maskShape, data: mask }, value: { shape, data: value } }
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

/** The cells that an intervention replaces: its head (if the hook has heads) at its positions. */
function cellsOf(dims: readonly string[], shape: readonly number[], { head, positions }: Intervention): number[] {
  const cells = shape.slice(1, -1).reduce((product, extent) => product * extent, 1)
  const indexAlong = (cell: number, axis: number) =>
    Math.floor(cell / shape.slice(axis + 1, -1).reduce((product, extent) => product * extent, 1)) % shape[axis]!
  const headAxis = dims.indexOf('head')
  const positionAxis = dims.findIndex((dim) => dim === 'position' || dim === 'query')
  return Array.from({ length: cells }, (_, cell) => cell).filter(
    (cell) =>
      (headAxis < 0 || indexAlong(cell, headAxis) === head) &&
      (positions === 'all' || positions.includes(indexAlong(cell, positionAxis))),
  )
}
