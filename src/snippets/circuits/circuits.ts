import { equalsPosition, plusPosition } from '../../core/positions'
import type { BodyOf } from '../python/body'
import { laterKeys } from '../attention/attention'
import { runWithCache } from '../python/intervention-blocks'
import { lines, resultOf } from '../python/python'
import { cached, normalized, scaleHooks } from '../python/stream'

export const qkCircuit: BodyOf = (input) => {
  const { config, asPublished } = input
  const { n_ctx, d_head, layout } = config
  const places = `[${plusPosition(layout)}, ${equalsPosition(layout)}]`
  const ofLn1 = scaleHooks(input, ['blocks.0.ln1'])
  const masked = asPublished ? '0' : 'torch.nan'
  return {
    code: lines(
      runWithCache(input, [...ofLn1, 'blocks.0.attn.hook_q'], '_'),
      `scale = ${ofLn1.length > 0 ? `${cached(ofLn1[0]!)}.mean()` : '1'}`,
      'queries = cache["blocks.0.attn.hook_q"].mean(0)  # [position, head, d_head]',
      laterKeys(input),
      '',
      'def scores_of(embeddings):',
      '    """[head, query, key]: mean queries against the key that each embedding gives by itself, without b_K."""',
      `    read = ${normalized(input, 'embeddings', 'scale', 'model.blocks[0].ln1.w')}`,
      '    keys = read @ model.W_K[0]  # [head, key, d_head]',
      `    return queries.transpose(0, 1) @ keys.transpose(1, 2) / ${d_head} ** 0.5`,
      '',
      'full = scores_of(torch.cat([model.W_pos, model.W_E]))',
      `full[:, :, :${n_ctx}].masked_fill_(later, ${masked})`,
      '',
      asPublished
        ? '# The embeddings of + and = averaged with those of their positions'
        : '# + and = always stand there',
      'standing = model.W_pos.clone()',
      `standing[${places}] += model.W_E[[10, 11]]`,
      asPublished && `standing[${places}] /= 2`,
      'positional = scores_of(standing).masked_fill(later, -torch.inf).softmax(-1)',
      '',
      resultOf({
        full: 'full',
        positional: asPublished ? 'positional' : 'positional.masked_fill(later, torch.nan)',
        scale: 'scale',
      }),
    ),
  }
}

export const ovCircuit: BodyOf = ({ lastLayer, params }) => ({
  code: lines(
    'moved = model.W_E[:10] @ model.W_V[0] @ model.W_O[0]  # [head0, digitIn, d_model]',
    `read = model.W_V[${lastLayer}] @ model.W_O[${lastLayer}] @ model.W_U[:, :10]  # [head1, d_model, logit]`,
    'embeddings = moved[:, None] @ read  # [head0, head1, digitIn, logit]',
    'summed = (embeddings[:, :, :, None] + embeddings[:, :, None]).flatten(2, 3)  # pair (i, j) is row 10 i + j',
    'embedding_waves, summed_waves = torch.fft.rfft(embeddings), torch.fft.rfft(summed)',
    '',
    resultOf(Object.fromEntries(ovTensors.filter(([name]) => params.tensors?.includes(name) ?? true))),
  ),
})

const ovTensors = [
  ['embeddings', 'embeddings'],
  ['embeddingsFftMagnitude', 'embedding_waves.abs()'],
  ['embeddingsFftPhase', 'embedding_waves.angle()'],
  ['summed', 'summed'],
  ['summedFftMagnitude', 'summed_waves.abs()'],
  ['summedFftPhase', 'summed_waves.angle()'],
] as const
