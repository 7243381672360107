import { closest } from 'fastest-levenshtein'
import { BadInput } from '../core/bad-input'
import { type Tensor, tensor } from '../core/tensor'
import { axisLabels } from './axes'
import { hasMlp, type ModelConfig } from './config'
import { isNormalized } from './normalization'

/** A place in the forward pass that can be read, under TransformerLens's name. */
export interface Hook {
  readonly name: string
  /** Axes of the activation, outermost first. `scale` has extent 1. */
  readonly dims: readonly string[]
  readonly layer?: number
  /** Whether `RunOptions.positions` narrows its position (or query) axis: the last layer from its queries on. */
  readonly narrowed: boolean
}

const residual = ['example', 'position', 'd_model'] as const
const scale = ['example', 'position', 'scale'] as const
const perHead = ['example', 'position', 'head', 'd_head'] as const
const attention = ['example', 'head', 'query', 'key'] as const
const neurons = ['example', 'position', 'd_mlp'] as const

type LayerHook = readonly [name: string, dims: readonly string[], afterQueries: boolean]

const attentionHooks: readonly LayerHook[] = [
  ['attn.hook_q', perHead, true],
  ['attn.hook_k', perHead, false],
  ['attn.hook_v', perHead, false],
  // Divided by sqrt(d_head). Where the key is later than the query, the score is -Infinity and the pattern exactly 0.
  ['attn.hook_attn_scores', attention, true],
  ['attn.hook_pattern', attention, true],
  ['attn.hook_z', perHead, true],
  // Each head's own contribution to the residual stream, without b_O.
  ['attn.hook_result', ['example', 'position', 'head', 'd_model'], true],
  ['hook_attn_out', residual, true],
]

/** What a normalization called `name` goes through; nothing in a model without any. */
function normHooks(config: ModelConfig, name: string, afterQueries: boolean): readonly LayerHook[] {
  if (!isNormalized(config)) return []
  return [
    [`${name}.hook_scale`, scale, afterQueries],
    [`${name}.hook_normalized`, residual, afterQueries],
  ]
}

/** The MLP reads the stream as attention left it, `hook_resid_mid`. */
function mlpHooks(config: ModelConfig): readonly LayerHook[] {
  if (!hasMlp(config)) return []
  return [
    ['hook_resid_mid', residual, true],
    ...normHooks(config, 'ln2', true),
    ['mlp.hook_pre', neurons, true],
    ['mlp.hook_post', neurons, true],
    ['hook_mlp_out', residual, true],
  ]
}

/** Hooks of a layer in the order in which the forward pass reaches them. */
function layerHooks(config: ModelConfig): readonly LayerHook[] {
  return [
    ['hook_resid_pre', residual, false],
    ...normHooks(config, 'ln1', false),
    ...attentionHooks,
    ...mlpHooks(config),
    ['hook_resid_post', residual, true],
  ]
}

const listed = new WeakMap<ModelConfig, readonly Hook[]>()

/** Every hook of a model in the order of its forward pass, and last its output, `logits`. */
export function hooksOf(config: ModelConfig): readonly Hook[] {
  const known = listed.get(config) ?? listHooks(config)
  listed.set(config, known)
  return known
}

function listHooks(config: ModelConfig): readonly Hook[] {
  const last = config.n_layers - 1
  const layers = Array.from({ length: config.n_layers }, (_, layer) => layer)
  return [
    { name: 'hook_embed', dims: residual, narrowed: false },
    { name: 'hook_pos_embed', dims: residual, narrowed: false },
    ...layers.flatMap((layer) =>
      layerHooks(config).map(([name, dims, afterQueries]) => {
        return { name: `blocks.${layer}.${name}`, dims, layer, narrowed: afterQueries && layer === last }
      }),
    ),
    ...normHooks(config, 'ln_final', true).map(([name, dims]) => ({ name, dims, narrowed: true })),
    { name: 'logits', dims: ['example', 'position', 'vocab'], narrowed: true },
  ]
}

/** The hook of this name. Throws BadInput, naming the nearest, where the model has none. */
export function hookNamed(config: ModelConfig, name: string): Hook {
  const hooks = hooksOf(config)
  const hook = hooks.find((candidate) => candidate.name === name)
  if (hook) return hook
  const nearest = closest(
    name,
    hooks.map((candidate) => candidate.name),
  )
  throw new BadInput(`The model has no hook "${name}"; the nearest name is "${nearest}".`)
}

/** Extents of a hook's activation for a batch of `examples`, with the positions that were asked for (default all). */
export function shapeOfHook(
  config: ModelConfig,
  hook: Hook,
  examples: number,
  positions?: readonly number[],
): readonly number[] {
  const places = hook.narrowed && positions ? positions.length : config.n_ctx
  const extents: Record<string, number> = {
    example: examples,
    position: places,
    query: places,
    key: config.n_ctx,
    head: config.n_heads,
    d_head: config.d_head,
    d_model: config.d_model,
    d_mlp: config.d_mlp ?? 0,
    vocab: config.d_vocab,
    scale: 1,
  }
  return hook.dims.map((dim) => extents[dim]!)
}

/** The labelled tensor of a hook's activation. */
export function activationTensor(
  config: ModelConfig,
  hook: Hook,
  data: Float32Array | Float64Array,
  { examples, positions }: { examples: number; positions?: readonly number[] | undefined },
): Tensor {
  const labels = labelsOf(config, hook, hook.narrowed ? positions : undefined)
  const unit = unitOf(hook)
  return tensor(hook.dims, shapeOfHook(config, hook, examples, positions), data, unit ? { labels, unit } : { labels })
}

const labelsOfHooks = new WeakMap<ModelConfig, Map<string, Tensor['labels']>>()

/** Those over all positions are made once: every run of one sum has two dozen activations. */
function labelsOf(config: ModelConfig, hook: Hook, positions: readonly number[] | undefined): Tensor['labels'] {
  const { name, dims, layer } = hook
  if (positions) return axisLabels(config, dims, { layer, positions })
  const known = labelsOfHooks.get(config) ?? new Map<string, Tensor['labels']>()
  labelsOfHooks.set(config, known)
  const labels = known.get(name) ?? axisLabels(config, dims, { layer })
  known.set(name, labels)
  return labels
}

function unitOf({ name }: Hook): string | undefined {
  if (name === 'logits') return 'logits'
  return name.endsWith('hook_pattern') ? 'probability' : undefined
}
