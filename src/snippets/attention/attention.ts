import { hookOf } from '../../model/intervention'
import type { BodyOf } from '../python/body'
import { hooksOfLayers, type SnippetInput } from '../python/snippet-input'
import { runWithCache } from '../python/intervention-blocks'
import { indented, lines, listed, quoted, resultOf } from '../python/python'

export const attention: BodyOf = (input) => {
  const { n_layers, d_head } = input.config
  const hooks = (site: 'pattern' | 'q' | 'k') => hooksOfLayers(site, n_layers)
  const ofLayers = (site: 'pattern' | 'q' | 'k') => {
    const layers = hooks(site).map((hook) => `cache[${quoted(hook)}][0]`)
    return `torch.stack(${listed(layers, { before: `${site} = torch.stack()`, after: '  # [layer, position, head, d_head]' })})`
  }
  return {
    code: lines(
      runWithCache(input, [...hooks('pattern'), ...hooks('q'), ...hooks('k')], '_'),
      laterKeys(input),
      `pattern = ${ofLayers('pattern')}  # [layer, head, query, key]`,
      '# From queries and keys: native models of TransformerLens 4 keep the pattern under the name of the scores',
      `q = ${ofLayers('q')}  # [layer, position, head, d_head]`,
      `k = ${ofLayers('k')}`,
      `scores = torch.einsum("lqhd,lkhd->lhqk", q, k) / ${d_head} ** 0.5`,
      '',
      resultOf({ pattern: 'pattern.masked_fill(later, torch.nan)', scores: 'scores.masked_fill(later, torch.nan)' }),
    ),
  }
}

export const meanAttention: BodyOf = (input) => {
  const hooks = hooksOfLayers('pattern', input.config.n_layers)
  const layers = listed(
    hooks.map((hook) => `cache[${quoted(hook)}]`),
    { before: 'pattern = torch.stack()  # [layer, example, head, query, key]' },
  )
  return {
    code: lines(
      runWithCache(input, hooks, '_'),
      `pattern = torch.stack(${layers})  # [layer, example, head, query, key]`,
      laterKeys(input),
      '',
      resultOf({
        n: 'len(tokens)',
        mean: 'pattern.mean(1).masked_fill(later, torch.nan)',
        std: 'pattern.std(1).masked_fill(later, torch.nan)',
      }),
    ),
  }
}

export const carryAttention: BodyOf = (input) => {
  const { config, predicting, asPublished, lastLayer } = input
  const { layout, n_ctx } = config
  const hook = hookOf('pattern', lastLayer)
  return {
    code: lines(
      runWithCache(input, [hook], '_'),
      `pattern = cache[${quoted(hook)}][:, :, ${predicting}].transpose(1, 2)  # [example, digit, head, key]`,
      asPublished
        ? 'carry = columns != answer  # so wherever a carry comes in or goes out'
        : 'carry = carry_in  # into the column',
      'groups = torch.stack([carry, ~carry, torch.ones_like(carry)])',
      `later = torch.arange(${n_ctx}) > ${predicting.startsWith('[') ? `torch.tensor(${predicting})` : `torch.arange(${predicting.replace(':', ', ')})`}[:, None, None]  # [digit, 1, key]`,
      '',
      'def per_group(statistic):',
      indented(
        lines(
          '"""[group, digit, head, key]"""',
          `rows = [[statistic(pattern[group[:, digit], digit]) for digit in range(${layout.answerDigits})] for group in groups]`,
          'return torch.stack([torch.stack(row) for row in rows]).masked_fill(later, torch.nan)',
        ),
      ),
      '',
      resultOf({
        mean: 'per_group(lambda pattern: pattern.mean(0))',
        std: 'per_group(lambda pattern: pattern.std(0))',
        n: 'groups.sum(1)',
      }),
    ),
  }
}

/** `later`: where the key comes after the query, and is masked. */
export function laterKeys({ config }: SnippetInput): string {
  return `later = torch.ones(${config.n_ctx}, ${config.n_ctx}).triu(1).bool()`
}
