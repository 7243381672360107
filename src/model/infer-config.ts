import { BadInput } from '../core/bad-input'
import { checkConfig } from './check-config'
import type { ModelConfig } from './config'

/** Tensor shapes by state_dict key. */
export type Shapes = ReadonlyMap<string, readonly number[]>

/**
 * The configuration that a file's tensor shapes imply, for files that come without a `config.json`. LayerNorm's epsilon
 * leaves no trace in the shapes: TransformerLens's default, 1e-5, is assumed.
 *
 * Throws BadInput where a tensor that tells a size is missing or has another rank.
 */
export function inferConfig(shapes: Shapes): ModelConfig {
  const [d_vocab, d_model] = shapeOf(shapes, 'embed.W_E', ['vocab', 'd_model'])
  const [n_ctx] = shapeOf(shapes, 'pos_embed.W_pos', ['position', 'd_model'])
  const [n_heads, , d_head] = shapeOf(shapes, 'blocks.0.attn.W_Q', ['head', 'd_model', 'd_head'])
  if ((n_ctx! - 2) % 3 !== 0)
    throw new BadInput(
      `The tensor "pos_embed.W_pos" has ${n_ctx} positions, but a sum of n digits has 3n + 2 tokens (14 for four digits); choose a model that adds.`,
    )
  return checkConfig({
    n_layers: countLayers(shapes),
    n_heads: n_heads!,
    d_model: d_model!,
    d_head: d_head!,
    d_vocab: d_vocab!,
    n_ctx: n_ctx!,
    normalization_type: shapes.has('ln_final.w') ? 'LN' : 'LNPre',
    eps: 1e-5,
    numDigits: (n_ctx! - 2) / 3,
  })
}

function shapeOf(shapes: Shapes, name: string, axes: readonly string[]): readonly number[] {
  const shape = shapes.get(name)
  if (!shape)
    throw new BadInput(
      `The file has no tensor "${name}", which tells the model's size; choose an attention-only model with TransformerLens's names.`,
    )
  if (shape.length !== axes.length)
    throw new BadInput(
      `The tensor "${name}" has shape [${shape.join(', ')}], but it must have the axes [${axes.join(', ')}]; choose a model with TransformerLens's layout.`,
    )
  return shape
}

function countLayers(shapes: Shapes): number {
  const layers = [...shapes.keys()].flatMap((name) => /^blocks\.(\d+)\./.exec(name)?.[1] ?? [])
  return Math.max(...layers.map(Number)) + 1
}
