const layerNorm = 'divided by ln_final.hook_scale of the same position, so that parts add up'

/** What figures of logit attributions have in common. */
export const ofAttribution = {
  hook: 'hook_embed, hook_pos_embed, blocks.*.attn.hook_result, blocks.*.hook_mlp_out, b_O, b_U',
  pathHook: 'blocks.*.attn.hook_pattern, blocks.*.hook_resid_pre, blocks.*.ln1.hook_scale',
  layerNorm,
  pathLayerNorm: `each source divided by the reading layer’s ln1.hook_scale; then ${layerNorm}`,
} as const
