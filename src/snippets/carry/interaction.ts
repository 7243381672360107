import type { BodyOf } from '../python/body'
import { mostWhole } from '../../core/head-subsets'
import { lines, resultOf } from '../python/python'
import { hooksOfLayers } from '../python/snippet-input'
import { ablatingSome, sampledInteraction } from './sampled-interaction'

export const interaction: BodyOf = (input) => {
  const { config, params } = input
  const { n_layers, n_heads } = config
  const { mode = 'mean' } = params
  const swept = { hooks: hooksOfLayers('result', n_layers), mode }
  const heads = n_layers * n_heads
  if (heads > mostWhole) return sampledInteraction(input)
  return {
    swept,
    code: lines(
      ablatingSome(input, swept, `range(${2 ** heads})`),
      'loss = torch.stack(losses).double()  # [subset, digit], in nats',
      'mean = loss.mean(1)',
      `subsets = torch.arange(${2 ** heads})`,
      `members = subsets[:, None] >> torch.arange(${heads}) & 1  # [subset, head]`,
      'size = members.sum(1)',
      '',
      'def average_weight(size, others):',
      '    """Of subsets of `others` players, so that every size counts as much as every other."""',
      '    logs = [torch.lgamma(n + 1.0) for n in (size.double(), others - size.double(), torch.tensor(others + 1.0).double())]',
      '    return (logs[0] + logs[1] - logs[2]).exp()',
      '',
      'def shapley(worth, head):',
      '    without = subsets[members[:, head] == 0]',
      `    weight = average_weight(size[without], ${heads - 1})`,
      '    return (weight * (worth[without | 1 << head] - worth[without])).sum()',
      '',
      'def together(worth, one, other, rest):',
      '    one, other = 1 << one, 1 << other',
      '    return worth[rest | one | other] - worth[rest | one] - worth[rest | other] + worth[rest]',
      '',
      'def pair_interaction(one, other):',
      '    rest = subsets[(members[:, one] == 0) & (members[:, other] == 0)]',
      `    return (average_weight(size[rest], ${Math.max(0, heads - 2)}) * together(mean, one, other, rest)).sum()`,
      '',
      'def over_pairs(of):',
      '    nothing = torch.tensor(torch.nan).double()',
      `    pairs = [nothing if one == other else of(one, other) for one, other in product(range(${heads}), repeat=2)]`,
      `    return torch.stack(pairs).reshape(${heads}, ${heads})`,
      '',
      `values = torch.stack([torch.stack([shapley(worth, head) for worth in loss.T]) for head in range(${heads})])`,
      resultOf({
        n: 'len(tokens)',
        loss: 'loss',
        shapley: `values.reshape(${n_layers}, ${n_heads}, -1)`,
        shapleyMean: `values.mean(1).reshape(${n_layers}, ${n_heads})`,
        orders: '0',
        shapleySe: `torch.zeros(${n_layers}, ${n_heads}, loss.shape[1])`,
        shapleyMeanSe: `torch.zeros(${n_layers}, ${n_heads})`,
        pair: 'over_pairs(pair_interaction)',
        pairPlain: 'over_pairs(lambda one, other: together(mean, one, other, 0))',
      }),
    ),
  }
}
