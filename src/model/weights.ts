import type { Tensor } from '../core/tensor'

/**
 * A model's parameters under TransformerLens's state_dict keys: `embed.W_E` [d_vocab, d_model], `pos_embed.W_pos` [n_ctx, d_model],
 * `blocks.{l}.ln1.w|b` [d_model], `blocks.{l}.attn.W_Q|W_K|W_V` [head, d_model, d_head], `blocks.{l}.attn.W_O` [head, d_head,
 * d_model], `blocks.{l}.attn.b_Q|b_K|b_V` [head, d_head], `blocks.{l}.attn.b_O` [d_model], `ln_final.w|b` [d_model], `unembed.W_U`
 * [d_model, d_vocab], `unembed.b_U` [d_vocab]. Layers with an MLP also have `blocks.{l}.ln2.w|b` [d_model], `blocks.{l}.mlp.W_in`
 * [d_model, d_mlp], `b_in` [d_mlp], `W_out` [d_mlp, d_model], `b_out` [d_model].
 *
 * RMS normalizations have `w` alone; folded ones (`LNPre`, `RMSPre`) and `null` have neither `w` nor `b`. Buffers of the file
 * (`mask`, `IGNORE`) are not parameters.
 */
export type Weights = ReadonlyMap<string, Tensor>
