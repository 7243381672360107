import { operandPosition, plusPosition } from '../../core/positions'
import { laterKeys } from '../attention/attention'
import { lines, resultOf } from '../python/python'
import type { BodyOf } from '../python/body'

/** Without the fit of the scores, which is no longer about the model. */
export const hierarchy: BodyOf = (input) => {
  const { n_ctx, d_head, layout } = input.config
  const [a, b] = [operandPosition(layout), plusPosition(layout) + 1].map(
    (first) => `${first}:${first + layout.operandDigits}`,
  )
  const [q, pattern, k] = ['q', 'pattern', 'k'].map((site) => `"blocks.0.attn.hook_${site}"`)
  return {
    code: lines(
      `_, cache = model.run_with_cache(tokens, names_filter=[${q}, ${pattern}])`,
      '# Layer 0 reads a token and its position alone, so rows of one digit show the key of every digit everywhere',
      `_, of_digit = model.run_with_cache(torch.arange(10)[:, None].expand(10, ${n_ctx}), names_filter=[${k}])`,
      `query = cache[${q}].mean(0)  # [position, head, d_head]`,
      `scores = torch.einsum("phd,vkhd->hpkv", query, of_digit[${k}]) / ${d_head} ** 0.5`,
      laterKeys(input),
      'scores = scores.masked_fill(later[..., None], torch.nan)  # [head, query, key, digit]',
      `score_a, score_b = scores[:, :, ${a}], scores[:, :, ${b}]`,
      'a_wins = score_a[..., :, None] >= score_b[..., None, :]  # [head, query, column, a, b]',
      'digit = torch.arange(10)',
      'winner = torch.where(a_wins, digit[:, None], digit)',
      'both = digit[:, None] + digit',
      'masked = score_b[..., 0].isnan()',
      '',
      'def agreement(least):',
      '    agrees = (winner >= 5) == (both >= least)',
      '    return agrees.float().mean((-2, -1)).masked_fill(masked, torch.nan)',
      '',
      `pattern = cache[${pattern}].mean(0)`,
      resultOf({
        n: 'len(tokens)',
        scoreA: 'score_a',
        scoreB: 'score_b',
        shareA: '(score_a[..., :, None] - score_b[..., None, :]).sigmoid()',
        agreement: 'agreement(10)',
        agreementNine: 'agreement(9)',
        attention: `pattern[..., ${a}] + pattern[..., ${b}]`,
      }),
    ),
  }
}
