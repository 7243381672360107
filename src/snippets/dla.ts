import { hookOf } from '../model/intervention'
import type { BodyOf } from './body'
import { range, type Given } from './given'
import { runWithCache } from './intervention-blocks'
import { lines, resultOf } from './python'
import { cached, closure, replacedLayers, replacedStreams, streamHooks, toLogits, attributionLines } from './stream'

export const dla: BodyOf = (given) => ({
  code: lines(
    attribution(given, 'logits'),
    '',
    resultOf({ attribution: 'attribution[:, 0]', closure: closure(given) }),
  ),
})

export const dlaSummary: BodyOf = (given) => ({
  code: lines(
    attribution(given, '_'),
    'of_answer = attribution.gather(-1, answer[None, ..., None].expand(len(attribution), -1, -1, -1))[..., 0]',
    '',
    resultOf({ n: 'len(tokens)', mean: 'of_answer.mean(1)', std: 'of_answer.std(1)' }),
  ),
})

export const fourierDla: BodyOf = (given) => {
  const { n_layers, n_heads } = given.config
  const first = 2 + (n_layers - 1) * n_heads
  const lastHeads = `waves[${first}:${first + n_heads}]`
  return {
    code: lines(
      attribution(given, 'logits'),
      'waves = torch.fft.rfft(attribution[:, 0])[..., 1]  # frequency 1 over the ten digits, [component, digit]',
      given.asPublished ? `total = ${lastHeads}.sum(0)  # of the last layer’s heads` : 'total = waves.sum(0)',
      `prediction = torch.fft.rfft(logits[0, ${given.predicting}, :10])[:, 1]`,
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

/** `attribution` [component, example, digit, logit] of every part of the stream. */
function attribution(given: Given, assigned: 'logits' | '_'): string {
  const { config, asPublished, predicting } = given
  const parts = [
    cached('hook_embed'),
    cached('hook_pos_embed'),
    ...range(config.n_layers).map((layer) => `*${cached(hookOf('result', layer))}.unbind(2)`),
    ...replacedLayers(given).map((layer) => `replaced_${layer}`),
    ...(asPublished ? [] : [`model.b_O.sum(0).expand_as(${cached('hook_embed')})`]),
  ]
  return lines(
    runWithCache(given, [...streamHooks(given), 'ln_final.hook_scale'], assigned),
    toLogits(given),
    '',
    replacedLayers(given).length > 0 && replacedStreams(given),
    '# All that was written into the residual stream, [component, example, position, d_model]',
    'parts = torch.stack([',
    ...parts.map((part) => `    ${part},`),
    '])',
    attributionLines(given, `to_logits(parts[:, :, ${predicting}])`),
  )
}
