import { hasNormBias } from '../../model/normalization'
import { laterKeys } from '../attention/attention'
import type { BodyOf } from '../python/body'
import { runWithCache } from '../python/intervention-blocks'
import { lines, listed, resultOf } from '../python/python'
import {
  cached,
  normalized,
  replacedLayers,
  replacedStreams,
  scaleHooks,
  streamHooks,
  writtenBy,
} from '../python/stream'

export const layerQk: BodyOf = (input) => {
  const { config, lastLayer: layer } = input
  const at = `blocks.${layer}.attn.hook_`
  const ofLn1 = scaleHooks(input, [`blocks.${layer}.ln1`])
  const parts = [
    cached('hook_embed'),
    `${cached('hook_pos_embed')}.expand(1, -1, -1)`,
    ...writtenBy(input, layer),
    ...replacedLayers(input).map((replaced) => `replaced_${replaced}`),
    `model.b_O[:${layer}].sum(0).expand(1, ${config.n_ctx}, -1)`,
  ]
  const read = normalized(input, 'parts', ofLn1.map(cached).join(''), `model.blocks[${layer}].ln1.w`)
  const bias = (letter: string) =>
    !hasNormBias(config)
      ? `model.b_${letter}[${layer}]`
      : `model.b_${letter}[${layer}] + torch.einsum("d,hde->he", model.blocks[${layer}].ln1.b, model.W_${letter}[${layer}])`
  const before = 'parts = torch.cat('
  return {
    code: lines(
      runWithCache(input, [...streamHooks(input), `${at}q`, `${at}k`, ...ofLn1], '_'),
      replacedStreams(input) || undefined,
      `${before}${listed(parts, { before, after: ')' })})  # [part, position, d_model]`,
      `read = ${read}`,
      '',
      'def taken_apart(W, bias, whole):',
      '    """Parts of a query or key, the bias, and what is left, [part, position, head, d_head]."""',
      '    known = torch.cat([torch.einsum("npd,hde->nphe", read, W), bias.expand(whole.shape)])',
      '    return torch.cat([known, whole - known.sum(0)])',
      '',
      `q, k = ${cached(`${at}q`)}, ${cached(`${at}k`)}`,
      `bias_Q = ${bias('Q')}`,
      `bias_K = ${bias('K')}`,
      `queries = taken_apart(model.W_Q[${layer}], bias_Q, q)`,
      `keys = taken_apart(model.W_K[${layer}], bias_K, k)`,
      `products = torch.einsum("iqhe,jkhe->hqkij", queries, keys) / ${config.d_head} ** 0.5`,
      laterKeys(input),
      '# From queries and keys: native models of TransformerLens 4 keep the pattern under the name of the scores',
      `score = (torch.einsum("iqhe,ikhe->hqk", q, k) / ${config.d_head} ** 0.5).masked_fill(later, torch.nan)`,
      '',
      resultOf({
        layer: String(layer),
        closure: '(products.sum((-2, -1)) - score)[:, ~later].abs().max()',
        score: 'score',
        parts: 'products.masked_fill(later[..., None, None], torch.nan)',
      }),
    ),
  }
}
