import { hasMlp } from '../../model/config'
import type { BodyOf } from '../python/body'
import type { SnippetInput } from '../python/snippet-input'
import { runWithCache } from '../python/intervention-blocks'
import { lines, resultOf } from '../python/python'
import {
  cached,
  closure,
  replacedLayers,
  replacedStreams,
  scaleHooks,
  streamHooks,
  toLogits,
  attributionLines,
  writtenBy,
} from '../python/stream'

export const dla: BodyOf = (input) => ({
  code: lines(
    attribution(input, 'logits'),
    '',
    resultOf({ attribution: 'attribution[:, 0]', closure: closure(input) }),
  ),
})

export const dlaSummary: BodyOf = (input) => ({
  code: lines(
    attribution(input, '_'),
    'right = answer[None, ..., None].expand(len(attribution), -1, -1, -1)',
    'of_answer = attribution.gather(-1, right)[..., 0]',
    'favours = of_answer > attribution.scatter(-1, right, -torch.inf).amax(-1) + 1e-3',
    headPlaces(input),
    '',
    resultOf({
      n: 'len(tokens)',
      mean: 'of_answer.mean(1)',
      std: 'of_answer.std(1)',
      alone: 'favours.float().mean(1)',
      anyHead: 'favours[heads].any(1).float().mean(1)',
    }),
  ),
})

export const fourierDla: BodyOf = (input) => {
  const { n_layers, n_heads } = input.config
  const first = 2 + (n_layers - 1) * perLayer(input)
  const lastHeads = `waves[${first}:${first + n_heads}]`
  return {
    code: lines(
      attribution(input, 'logits'),
      'waves = torch.fft.rfft(attribution[:, 0])[..., 1]  # frequency 1 over the ten digits, [component, digit]',
      input.asPublished ? `total = ${lastHeads}.sum(0)  # of the last layer’s heads` : 'total = waves.sum(0)',
      `prediction = torch.fft.rfft(logits[0, ${input.predicting}, :10])[:, 1]`,
      'W_U = model.W_U[:, :10]',
      'correct = torch.fft.rfft(W_U.T @ W_U)[answer[0], 1]',
      '',
      resultOf({
        magnitude: 'waves.abs()',
        phase: 'waves.angle()',
        sumMagnitude: 'total.abs()',
        sumPhase: 'total.angle()',
        predictionMagnitude: 'prediction.abs()',
        predictionPhase: 'prediction.angle()',
        correctMagnitude: `torch.stack([*${lastHeads}, total, prediction]).abs().amax(0)`,
        correctPhase: 'correct.angle()',
      }),
    ),
  }
}

/** Components from one layer's first head to the next one's: a layer's MLP stands behind its heads. */
function perLayer({ config }: SnippetInput): number {
  return config.n_heads + (hasMlp(config) ? 1 : 0)
}

/** `heads` [layer, head]: where the heads stand among the components, behind the two embeddings. */
function headPlaces(input: SnippetInput): string {
  const { n_layers, n_heads } = input.config
  return `heads = 2 + ${perLayer(input)} * torch.arange(${n_layers})[:, None] + torch.arange(${n_heads})  # [layer, head]`
}

/** `attribution` [component, example, digit, logit] of every part of the stream. */
function attribution(input: SnippetInput, assigned: 'logits' | '_'): string {
  const { config, asPublished, predicting } = input
  const parts = [
    cached('hook_embed'),
    cached('hook_pos_embed'),
    ...writtenBy(input, config.n_layers),
    ...replacedLayers(input).map((layer) => `replaced_${layer}`),
    ...(asPublished ? [] : [`model.b_O.sum(0).expand_as(${cached('hook_embed')})`]),
  ]
  return lines(
    runWithCache(input, [...streamHooks(input), ...scaleHooks(input, ['ln_final'])], assigned),
    toLogits(input),
    '',
    replacedLayers(input).length > 0 && replacedStreams(input),
    '# All that was written into the residual stream, [component, example, position, d_model]',
    'parts = torch.stack([',
    ...parts.map((part) => `    ${part},`),
    '])',
    attributionLines(input, `to_logits(parts[:, :, ${predicting}])`),
  )
}
