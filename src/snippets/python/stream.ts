import { hasMlp } from '../../model/config'
import { hookOf } from '../../model/intervention'
import { hasNormBias, isCentring, isNormalized } from '../../model/normalization'
import { hooksOfLayers, range, type SnippetInput } from './snippet-input'
import { lines, quoted } from './python'

/** Hooks of all that is written into the residual stream, and of the stream where interventions replace it. */
export function streamHooks(input: SnippetInput): string[] {
  return [
    'hook_embed',
    'hook_pos_embed',
    ...hooksOfLayers('result', input.config.n_layers),
    ...(hasMlp(input.config) ? hooksOfLayers('mlp_out', input.config.n_layers) : []),
    ...replacedLayers(input).map((layer) => hookOf('resid_pre', layer)),
  ]
}

/** What each of the first `count` layers writes, as Python: every head and, where there is one, the MLP. */
export function writtenBy({ config }: SnippetInput, count: number): string[] {
  return range(count).flatMap((layer) => [
    `*${cached(hookOf('result', layer))}.unbind(2)`,
    ...(hasMlp(config) ? [cached(hookOf('mlp_out', layer))] : []),
  ])
}

/** The hooks of these scales; none where nothing is normalized. */
export function scaleHooks({ config }: SnippetInput, norms: readonly string[]): string[] {
  return isNormalized(config) ? norms.map((norm) => `${norm}.hook_scale`) : []
}

/** Vectors as a normalization reads them, as Python, but for its bias: `scale` and `weight` are Python too. */
export function normalized({ config, isFolded }: SnippetInput, vectors: string, scale: string, weight: string): string {
  if (!isNormalized(config)) return vectors
  const centred = isCentring(config) ? `(${vectors} - ${vectors}.mean(-1, keepdim=True))` : vectors
  return `${centred} / ${scale}${isFolded ? '' : ` * ${weight}`}`
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
        ...(hasMlp(input.config) ? range(layer).map((earlier) => cached(hookOf('mlp_out', earlier))) : []),
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
export function toLogits(input: SnippetInput): string {
  const { config, predicting } = input
  return lines(
    isNormalized(config) && `scale = cache["ln_final.hook_scale"][:, ${predicting}]\n`,
    'def to_logits(vectors):',
    '    """What vectors of the stream, where the answer is predicted, add to the ten digits’ logits."""',
    `    read = ${normalized(input, 'vectors', 'scale', 'model.ln_final.w')}`,
    '    return read @ model.W_U[:, :10]',
  )
}

/** `attribution` of the shares that are Python's `shares`, with b_U (and what ln_final's bias adds) as one component more. */
export function attributionLines({ config, asPublished }: SnippetInput, shares: string): string {
  if (asPublished) return `attribution = ${shares}`
  return lines(
    !hasNormBias(config) ? 'b_U = model.b_U[:10]' : 'b_U = (model.b_U + model.ln_final.b @ model.W_U)[:10]',
    `attribution = torch.cat([${shares}, b_U.expand(1, len(tokens), ${config.layout.answerDigits}, 10)])`,
  )
}

/** How far the parts, over their first axis, are from the logits at most. */
export function closure({ predicting }: SnippetInput): string {
  return `(attribution.sum(0) - logits[:, ${predicting}, :10]).abs().max()`
}
