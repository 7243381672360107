import { layerOfMlp } from '../../core/mlps'

/** Reads `H1.0`; null for parts that are no single head. */
export function headOfComponent(label: string): { readonly layer: number; readonly head: number } | null {
  const match = /^H(\d+)\.(\d+)$/.exec(label)
  return match ? { layer: Number(match[1]), head: Number(match[2]) } : null
}

/** The hook of `MLP0`; null for parts that are no MLP. */
function hookOfMlp(label: string): string | null {
  const layer = layerOfMlp(label)
  return layer === undefined ? null : `blocks.${layer}.hook_mlp_out`
}

/** The hook, or the parameter, that a component of an attribution is read from; null for paths and for the logit. */
export function hookOfComponent(label: string): string | null {
  const head = headOfComponent(label)
  if (head) return `blocks.${head.layer}.attn.hook_result[${head.head}]`
  return named[label] ?? hookOfMlp(label)
}

const named: Readonly<Partial<Record<string, string>>> = {
  embed: 'hook_embed',
  pos_embed: 'hook_pos_embed',
  b_O: 'blocks.*.attn.b_O',
  b_U: 'unembed.b_U',
  '= logit': 'ln_final.hook_normalized @ W_U + b_U',
}
