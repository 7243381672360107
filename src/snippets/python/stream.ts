import { hookOf } from '../../model/intervention'
import { hooksOfLayers, range, type SnippetInput } from './snippet-input'
import { lines, quoted } from './python'

/** Hooks of all that is written into the residual stream, and of the stream where interventions replace it. */
export function streamHooks(input: SnippetInput): string[] {
  return [
    'hook_embed',
    'hook_pos_embed',
    ...hooksOfLayers('result', input.config.n_layers),
    ...replacedLayers(input).map((layer) => hookOf('resid_pre', layer)),
  ]
}

export function cached(hook: string): string {
  return `cache[${quoted(hook)}]`
}

/** The layers whose incoming stream an intervention replaces. */
export function replacedLayers({ interventions }: SnippetInput): number[] {
  const layers = interventions.filter(({ site }) => site === 'resid_pre').map(({ layer }) => layer)
  return [...new Set(layers)].toSorted((one, other) => one - other)
}

/** `replaced_1`, …: what replacing the stream before a layer added to it. */
export function replacedStreams(input: SnippetInput): string {
  const layers = replacedLayers(input)
  return lines(
    ...layers.map((layer) => {
      const before = [
        cached('hook_embed'),
        cached('hook_pos_embed'),
        ...range(layer).map((earlier) => `${cached(hookOf('result', earlier))}.sum(2)`),
        ...(layer > 0 ? [`model.b_O[:${layer}].sum(0)`] : []),
        ...layers.filter((earlier) => earlier < layer).map((earlier) => `replaced_${earlier}`),
      ]
      return lines(
        `# What replacing the stream before layer ${layer} added to it`,
        `replaced_${layer} = ${cached(hookOf('resid_pre', layer))} - (`,
        ...before.map((part, index) => `    ${index > 0 ? '+ ' : ''}${part}`),
        ')',
      )
    }),
  )
}

/** `to_logits`: the way from the residual stream to the ten digits' logits. */
export function toLogits({ isFolded, predicting }: SnippetInput): string {
  return lines(
    `scale = cache["ln_final.hook_scale"][:, ${predicting}]`,
    '',
    'def to_logits(vectors):',
    '    """What vectors of the stream, where the answer is predicted, add to the ten digits’ logits."""',
    '    centred = vectors - vectors.mean(-1, keepdim=True)',
    `    return centred / scale ${isFolded ? '' : '* model.ln_final.w '}@ model.W_U[:, :10]`,
  )
}

/** `attribution` of the shares that are Python's `shares`, with b_U (and what ln_final's bias adds) as one component more. */
export function attributionLines({ isFolded, config, asPublished }: SnippetInput, shares: string): string {
  if (asPublished) return `attribution = ${shares}`
  return lines(
    isFolded ? 'b_U = model.b_U[:10]' : 'b_U = (model.b_U + model.ln_final.b @ model.W_U)[:10]',
    `attribution = torch.cat([${shares}, b_U.expand(1, len(tokens), ${config.numDigits}, 10)])`,
  )
}

/** How far the parts, over their first axis, are from the logits at most. */
export function closure({ predicting }: SnippetInput): string {
  return `(attribution.sum(0) - logits[:, ${predicting}, :10]).abs().max()`
}
