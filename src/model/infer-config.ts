import { BadInput } from '../core/bad-input'
import type { FileConfig } from './files/file-config'

/** Tensor shapes by state_dict key. */
export type Shapes = ReadonlyMap<string, readonly number[]>

/**
 * The configuration that a file's tensor shapes imply, for files that come without a `config.json`. LayerNorm's epsilon
 * leaves no trace in the shapes: TransformerLens's default, 1e-5, is assumed. Nor does the layout of sums.
 *
 * Throws BadInput where a tensor that tells a size is missing or has another rank.
 */
export function inferConfig(shapes: Shapes): FileConfig {
  const [d_vocab, d_model] = shapeOf(shapes, 'embed.W_E', ['vocab', 'd_model'])
  const [n_ctx] = shapeOf(shapes, 'pos_embed.W_pos', ['position', 'd_model'])
  const [n_heads, , d_head] = shapeOf(shapes, 'blocks.0.attn.W_Q', ['head', 'd_model', 'd_head'])
  return {
    n_layers: countLayers(shapes),
    n_heads: n_heads!,
    d_model: d_model!,
    d_head: d_head!,
    d_vocab: d_vocab!,
    n_ctx: n_ctx!,
    normalization_type: shapes.has('ln_final.w') ? 'LN' : 'LNPre',
    eps: 1e-5,
    layout: null,
  }
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
