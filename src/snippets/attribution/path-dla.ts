import { hasMlp } from '../../model/config'
import { hookOf } from '../../model/intervention'
import { hasNormBias } from '../../model/normalization'
import type { BodyOf } from '../python/body'
import { range, type SnippetInput } from '../python/snippet-input'
import { runWithCache } from '../python/intervention-blocks'
import { lines, resultOf } from '../python/python'
import {
  cached,
  closure,
  replacedLayers,
  normalized,
  replacedStreams,
  scaleHooks,
  streamHooks,
  toLogits,
  attributionLines,
  writtenBy,
} from '../python/stream'

export const pathDla: BodyOf = (input) => ({
  code: lines(
    attribution(input, 'logits'),
    '',
    resultOf({ attribution: 'attribution[:, 0]', closure: closure(input) }),
  ),
})

export const pathDlaBatch: BodyOf = (input) => {
  const { examples } = input.params
  const shown = examples === undefined ? 'attribution' : `attribution[:, :${examples}]`
  return {
    code: lines(
      attribution(input, '_'),
      `waves = torch.fft.rfft(${shown})[..., 1].transpose(1, 2)  # frequency 1, [component, digit, example]`,
      '',
      resultOf({ n: 'waves.shape[2]', magnitude: 'waves.abs()', phase: 'waves.angle()' }),
    ),
  }
}

/** `attribution` [component, example, digit, logit] along every path, straight or through a head of the last layer. */
function attribution(input: SnippetInput, assigned: 'logits' | '_'): string {
  const { config, asPublished, lastLayer, model, predicting } = input
  const replaced = asPublished ? [] : replacedLayers(input)
  const published = 1 + lastLayer * (config.n_heads + (hasMlp(config) ? 1 : 0))
  const bias = published + replaced.length
  const block = `model.blocks[${lastLayer}]`
  const ofLn1 = scaleHooks(input, [`blocks.${asPublished ? 0 : lastLayer}.ln1`])
  const scale = ofLn1.map(cached).join('')
  const sources = [
    `${cached('hook_embed')} + ${cached('hook_pos_embed')}`,
    ...writtenBy(input, lastLayer),
    ...replaced.map((layer) => `replaced_${layer}`),
    ...(asPublished ? [] : [`model.b_O[:${lastLayer}].sum(0).expand_as(${cached('hook_embed')})`]),
  ]
  const paths = [
    `straight[:${published}],  # the embeddings together, and each earlier head${hasMlp(config) ? ' and MLP' : ''}`,
    `moved[:${published}].flatten(0, 1),  # the same through each head of layer ${lastLayer}`,
    ...(hasMlp(config)
      ? [`${cached(hookOf('mlp_out', lastLayer))}[None, :, ${predicting}],  # the last MLP, which cannot be divided`]
      : []),
    ...replaced.flatMap((_, index) => [
      `straight[${published + index}, None],`,
      `moved[${published + index}],  # a replaced stream`,
    ]),
    ...(asPublished ? [] : ablatedHeads(input).map((head) => replacedHead(input, head))),
    ...(asPublished ? [] : [`moved[${bias}],  # biases`, 'model.b_O.sum(0).expand_as(straight[:1]),']),
  ]
  const hooks = [...streamHooks(input), hookOf('pattern', lastLayer), ...ofLn1, ...scaleHooks(input, ['ln_final'])]
  const pattern = `${cached(hookOf('pattern', lastLayer))}[:, :, ${predicting}]`
  return lines(
    runWithCache(input, hooks, assigned),
    toLogits(input),
    '',
    replaced.length > 0 && replacedStreams(input),
    `# What layer ${lastLayer} reads, [source, example, position, d_model], and what each of its heads makes of it`,
    'sources = torch.stack([',
    ...sources.map((source) => `    ${source},`),
    '])',
    `read = ${normalized(input, 'sources', scale, `${block}.ln1.w`)}`,
    hasNormBias(config) && !asPublished && `read[${bias}] += ${block}.ln1.b`,
    `values = torch.einsum("sbkm,hmd->sbkhd", read, model.W_V[${lastLayer}])`,
    !model.processing.foldValueBiases && !asPublished && `values[${bias}] += model.b_V[${lastLayer}]`,
    `pattern = ${pattern}`,
    `moved = torch.einsum("bhqk,sbkhd,hdm->shbqm", pattern, values, model.W_O[${lastLayer}])`,
    `straight = sources[:, :, ${predicting}]`,
    '',
    'paths = torch.cat([',
    ...paths.map((path) => `    ${path}`),
    '])',
    attributionLines(input, 'to_logits(paths)'),
  )
}

/** The last layer's heads of which an intervention replaces what they write. */
function ablatedHeads({ interventions, lastLayer, config }: SnippetInput): number[] {
  return range(config.n_heads).filter((head) =>
    interventions.some(
      (one) => one.layer === lastLayer && one.head === head && ['v', 'z', 'result'].includes(one.site),
    ),
  )
}

/** What a replaced head writes, less what its paths would have brought. */
function replacedHead({ lastLayer, predicting }: SnippetInput, head: number): string {
  const written = `${cached(hookOf('result', lastLayer))}[:, ${predicting}, ${head}]`
  return `(${written} - moved[:, ${head}].sum(0))[None],  # H${lastLayer}.${head} replaced`
}
