import type { Tensor } from '../core/tensor'
import { hasMlp, type ModelConfig } from './config'
import { hookNamed, hooksOf } from './hooks'
import { hookOf, type Site } from './intervention'
import type { Edit, RunOptions } from './model'
import { pickAlong } from './pick-along'

/** The part of a run that has to be computed where the clean run is known. */
export interface HeadAlone {
  /** The first layer with an edit. */
  readonly layer: number
  /** Where the run begins; undefined for the tokens. */
  readonly start?: { readonly layer: number; readonly residPre: Tensor }
  /** The only head of that layer whose output the edits change. */
  readonly head: number
  /** Which activations are taken from the clean run. */
  readonly known: readonly string[]
}

/** Sites at which an edit of one head changes that head's output alone. */
const ofOneHead: readonly Site[] = ['q', 'k', 'v', 'pattern', 'z']

/** What the heads of a layer read; worth keeping for the last one, where only few queries are asked. */
const readings: readonly Site[] = ['q', 'k', 'v']

/**
 * What a clean run should return so that runs under edits of a single head are short (`RunOptions.clean`): less, where it is known
 * that the first edit is at `hook_z`.
 */
export function hooksToShare(config: ModelConfig, { atZ = false } = {}): string[] {
  const { n_layers } = config
  const layers = Array.from({ length: n_layers }, (_, layer) => layer)
  return [
    ...layers.flatMap((layer) => [
      ...new Set([hookOf('z', layer), streamAfterAttention(config, layer), residPost(layer)]),
    ]),
    ...(atZ ? [] : readings.map((site) => hookOf(site, n_layers - 1))),
  ]
}

/**
 * What of a run has to be computed. Until the first edit it is the clean run; and where only one head of that layer is edited,
 * the others write what they wrote. Undefined where too little is known, more is edited or an output lies too early.
 */
export function headAlone(
  config: ModelConfig,
  { outputs, edits = [], clean, start }: RunOptions,
): HeadAlone | undefined {
  if (!clean || start || edits.length === 0) return undefined
  const layers = edits.map(({ hook }) => hookNamed(config, hook).layer ?? -1)
  const layer = Math.min(...layers)
  const here = edits.filter((_, index) => layers[index] === layer)
  if (!here.every(({ hook }) => ofOneHead.some((site) => hook === hookOf(site, layer)))) return undefined
  const heads = new Set(here.flatMap((edit) => headsOf(config, edit)))
  const residPre = clean.get(residPost(layer - 1))
  const after = streamAfterAttention(config, layer)
  const needed = [hookOf('z', layer), after]
  if (heads.size !== 1 || !needed.every((hook) => clean.has(hook)) || (layer > 0 && !residPre)) return undefined
  const later = hooksOf(config).map(({ name }) => name)
  const reached = later.slice(later.indexOf(after))
  if (!outputs.every((name) => reached.includes(name))) return undefined
  const known = readings.map((site) => hookOf(site, layer)).filter((hook) => clean.has(hook))
  return { layer, head: [...heads][0]!, known: [...needed, ...known], ...(residPre && { start: { layer, residPre } }) }
}

/** The heads that an edit replaces anything of; every head where it does not tell them apart. */
function headsOf(config: ModelConfig, { hook, mask, value }: Edit): number[] {
  const axis = hookNamed(config, hook).dims.indexOf('head')
  const heads = Array.from({ length: config.n_heads }, (_, head) => head)
  if (mask.shape[axis] !== config.n_heads || value.shape[axis] !== config.n_heads) return heads
  return heads.filter((head) => pickAlong(mask, axis, [head]).data.includes(1))
}

/** The hook of the residual stream as a layer's attention left it: what its MLP reads, where it has one. */
export function streamAfterAttention(config: ModelConfig, layer: number): string {
  return hasMlp(config) ? `blocks.${layer}.hook_resid_mid` : residPost(layer)
}

function residPost(layer: number): string {
  return `blocks.${layer}.hook_resid_post`
}
