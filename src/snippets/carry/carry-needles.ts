import type { BodyOf } from '../python/body'
import { runWithCache } from '../python/intervention-blocks'
import { indented, lines, resultOf } from '../python/python'
import { hooksOfLayers } from '../python/snippet-input'

export const carryNeedles: BodyOf = (input) => {
  const { n_layers, layout } = input.config
  const hooks = [...hooksOfLayers('pattern', n_layers), ...hooksOfLayers('result', n_layers)]
  const stacked = (site: string) =>
    `torch.stack([cache[f"blocks.{layer}.attn.hook_${site}"] for layer in range(${n_layers})], 1)`
  return {
    code: lines(
      runWithCache(input, hooks, '_'),
      '# [example, layer, head, query, key] and [example, layer, position, head, d_model]',
      `pattern = ${stacked('pattern')}`,
      `written = ${stacked('result')}`,
      '',
      'def area(values, group):',
      indented(
        lines(
          '"""Chance that a member of the group, of the first axis, has the larger value; ties count half."""',
          'one, other = values[group], values[~group]',
          'wins = [(value > other).double() + (value == other).double() / 2 for value in one]',
          'if len(one) == 0 or len(other) == 0:',
          '    return torch.full(values.shape[1:], torch.nan).double()',
          'return torch.stack([win.mean(0) for win in wins]).mean(0)',
        ),
      ),
      '',
      'def written_area(group):',
      indented(
        lines(
          '"""The results projected on the difference of the means over even examples, told apart on odd ones."""',
          'even = written[::2]',
          'direction = even[group[::2]].mean(0) - even[~group[::2]].mean(0)',
          'return area((written[1::2] * direction).sum(-1), group[1::2])',
        ),
      ),
      '',
      'later = torch.ones(pattern.shape[-2:]).triu(1).bool()[..., None]',
      `attention = torch.stack([area(pattern, carry_in[:, digit]) for digit in range(${layout.answerDigits})], -1)`,
      `result_area = torch.stack([written_area(carry_in[:, digit]) for digit in range(${layout.answerDigits})], -1)`,
      resultOf({
        n: 'len(tokens)',
        groupSizes: 'torch.stack([carry_in.sum(0), (~carry_in).sum(0)])',
        attentionAuc: 'attention.masked_fill(later, torch.nan)',
        resultAuc: 'result_area.transpose(1, 2)',
      }),
    ),
  }
}
