import { hasMlp } from '../../model/config'
import { hasNormBias, hasNormWeight } from '../../model/normalization'
import { parametersOf } from '../../model/parameters'
import type { BodyOf } from '../python/body'
import type { SnippetInput } from '../python/snippet-input'
import { lines, quoted, resultOf } from '../python/python'

export const weights: BodyOf = (input) => {
  const { config } = input
  const norms = (hasNormWeight(config) ? 'w' : '') + (hasNormBias(config) ? 'b' : '')
  return {
    code: lines(
      'parameters = {"embed.W_E": model.W_E, "pos_embed.W_pos": model.W_pos}',
      'parameters |= {"unembed.W_U": model.W_U, "unembed.b_U": model.b_U}',
      `for layer in range(${config.n_layers}):`,
      '    for name in ["W_Q", "W_K", "W_V", "W_O", "b_Q", "b_K", "b_V", "b_O"]:',
      '        parameters[f"blocks.{layer}.attn.{name}"] = getattr(model, name)[layer]',
      ...(hasMlp(config)
        ? [
            '    for name in ["W_in", "b_in", "W_out", "b_out"]:',
            '        parameters[f"blocks.{layer}.mlp.{name}"] = getattr(model, name)[layer]',
          ]
        : []),
      ...(norms.length > 0
        ? [
            `    for norm, name in product([${hasMlp(config) ? '"ln1", "ln2"' : '"ln1"'}], ${quoted(norms)}):`,
            '        parameters[f"blocks.{layer}.{norm}.{name}"] = getattr(getattr(model.blocks[layer], norm), name)',
            `parameters |= {f"ln_final.{name}": getattr(model.ln_final, name) for name in ${quoted(norms)}}`,
          ]
        : ['# There is no LayerNorm with weights, or they are folded: what is left of them is 1 and 0']),
      'zero_means = [model.W_U.mean(0), model.W_U.mean(-1), model.W_O.mean(-1), model.b_O.mean(-1)]',
      'zero_means += [model.W_E.mean(-1), model.W_pos.mean(-1), model.b_V.mean(-1)]',
      'zero_means += [model.W_Q.mean(-2), model.W_K.mean(-2), model.W_V.mean(-2)]',
      '',
      resultOf({
        names: 'list(parameters)',
        shapes: '[" x ".join(map(str, value.shape)) for value in parameters.values()]',
        'ln_final.w': hasNormWeight(config) ? 'model.ln_final.w' : `torch.ones(${config.d_model})`,
        'ln_final.b': hasNormBias(config) ? 'model.ln_final.b' : `torch.zeros(${config.d_model})`,
        zeroMeans: 'torch.stack([means.abs().max() for means in zero_means])',
        ...requested(input),
      }),
    ),
  }
}

/** The parameters asked for by full key or last part, under the names that the analysis gives them. */
function requested({ config, params }: SnippetInput): Record<string, string> {
  const { tensors = ['W_U'] } = params
  const keys = parametersOf(config).map(({ name }) => name)
  const lastPart = (key: string) => key.slice(key.lastIndexOf('.') + 1)
  const found = tensors.flatMap((name) => keys.filter((key) => key === name || lastPart(key) === name))
  return Object.fromEntries(
    found.map((key) => [key.startsWith('blocks.') ? key : lastPart(key), `parameters[${quoted(key)}]`]),
  )
}

export const unembedding: BodyOf = () => ({
  code: lines(
    'W_U = model.W_U[:, :10]',
    'gram = W_U.T @ W_U',
    'row_waves, gram_waves = torch.fft.rfft(W_U), torch.fft.rfft(gram)',
    '',
    'left, singular_values, _ = torch.linalg.svd(W_U, full_matrices=False)',
    'left *= left.gather(0, left.abs().argmax(0, keepdim=True)).sign()  # the largest entries are positive',
    '',
    '# const, cos 1, sin 1, … cos 5, each of length 1',
    'angles = 2 * torch.pi * torch.arange(10) / 10',
    'waves = [torch.ones(10)] + [wave(k * angles) for k in range(1, 6) for wave in (torch.cos, torch.sin)][:-1]',
    'basis = torch.nn.functional.normalize(torch.stack(waves))',
    'fourier = W_U @ basis.T',
    'norms = W_U.norm(dim=1)',
    '',
    resultOf({
      W_U: 'W_U',
      fftMagnitude: 'row_waves.abs()',
      fftPhase: 'row_waves.angle()',
      gram: 'gram',
      gramFftMagnitude: 'gram_waves.abs()',
      gramFftPhase: 'gram_waves.angle()',
      singularValues: 'singular_values',
      leftSingularVectors: 'left',
      digitProjections: 'W_U.T @ left',
      fourierBasis: 'basis',
      fourier: 'fourier',
      reconstruction: 'fourier[:, 1:3] @ basis[1:3]',
      rowNorms: 'norms',
      significantNorm: '5 * norms.median()',
      significantDims: '(norms > 5 * norms.median()).nonzero()[:, 0]',
    }),
  ),
})
