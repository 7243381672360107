import { BadInput } from '../../core/bad-input'

type Fields = Readonly<Record<string, unknown>>

interface Rule {
  readonly field: string
  /** Whether a value means what is computed here. */
  readonly isUsual: (value: unknown, fields: Fields) => boolean
  /** What is computed here, and the value that says so. */
  readonly usual: string
}

const isOff = (value: unknown) =>
  value === false || value === null || value === undefined || value === 0 || value === -1
const off = (field: string, usual: string): Rule => ({ field, isUsual: isOff, usual })

/** Fields of TransformerLens's configuration that change what a model computes, and that only have one value here. */
const rules: readonly Rule[] = [
  {
    field: 'attention_dir',
    isUsual: (value) => value === 'causal',
    usual: 'a position attends to itself and those before it ("causal")',
  },
  {
    field: 'use_attn_scale',
    isUsual: (value) => value === true,
    usual: 'attention scores are divided by √d_head (true)',
  },
  {
    field: 'attn_scale',
    isUsual: (value, { d_head }) => isOff(value) || Math.abs(Number(value) - Math.sqrt(Number(d_head))) < 1e-6,
    usual: 'attention scores are divided by √d_head (-1)',
  },
  off('scale_attn_by_inverse_layer_idx', 'no layer divides its attention scores by its number (false)'),
  {
    field: 'positional_embedding_type',
    isUsual: (value) => value === 'standard',
    usual: 'positions are learned vectors added to the stream ("standard")',
  },
  off('use_local_attn', 'attention has no window (false)'),
  off('attn_scores_soft_cap', 'attention scores are not capped (-1)'),
  off('output_logits_soft_cap', 'logits are not capped (-1)'),
  off('parallel_attn_mlp', 'an MLP reads what attention wrote (false)'),
  off('gated_mlp', 'MLPs have no gate (false)'),
  {
    field: 'final_rms',
    isUsual: (value, { normalization_type }) => isOff(value) || /^RMS/.test(String(normalization_type)),
    usual: 'all normalizations are of one kind (false)',
  },
  off('post_embedding_ln', 'the embeddings are not normalized before the first layer (false)'),
  off('use_normalization_before_and_after', 'what a layer writes is not normalized again (false)'),
  off('use_qk_norm', 'queries and keys are not normalized (false)'),
  off('num_experts', 'an MLP is one network, not a choice of experts (null)'),
  {
    field: 'n_key_value_heads',
    isUsual: (value, { n_heads }) => isOff(value) || value === n_heads,
    usual: 'each head has keys and values of its own (null)',
  },
  {
    field: 'd_vocab_out',
    isUsual: (value, { d_vocab }) => isOff(value) || value === d_vocab,
    usual: 'inputs and outputs are the same symbols (d_vocab)',
  },
]

/** Throws BadInput naming the first field by which a model computes something else than is computed here. */
export function checkFields(file: string, fields: Fields): void {
  const broken = rules.find(({ field, isUsual }) => fields[field] !== undefined && !isUsual(fields[field], fields))
  if (!broken) return
  const value = JSON.stringify(fields[broken.field]).slice(0, 40)
  throw new BadInput(
    `The configuration "${file}" has ${broken.field} ${value}, but here ${broken.usual}; its numbers would be wrong, so choose a model without that.`,
  )
}
