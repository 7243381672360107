/**
 * The shape of an attention-only transformer, with TransformerLens's field names.
 *
 * `normalization_type` `LN` keeps the LayerNorms' weights; `LNPre` means they were folded into the next layer and only
 * centring and scaling remain.
 */
export interface ModelConfig {
  readonly n_layers: number
  readonly n_heads: number
  readonly d_model: number
  readonly d_head: number
  /** 12: the ten digits, `+` (10) and `=` (11). */
  readonly d_vocab: number
  /** Tokens in a sum: 3 * numDigits + 2. */
  readonly n_ctx: number
  readonly normalization_type: 'LN' | 'LNPre'
  /** LayerNorm's epsilon. */
  readonly eps: number
  /** Digits of each operand and of the answer, 2 to 6. */
  readonly numDigits: number
}
