import { answerPosition, answerPositions, digitPredictedAt } from '../../core/positions'
import { hookOf } from '../../model/intervention'
import type { BodyOf } from '../python/body'
import { runForLogits } from '../python/intervention-blocks'
import { lines, quoted, resultOf } from '../python/python'
import { range } from '../python/snippet-input'

/** Waves of the ten digits' logits, one at a time. */
export const frequencyLens: BodyOf = (input) => ({
  code: lines(
    runForLogits(input),
    `waves = torch.fft.rfft(logits[:, ${input.predicting}, :10])[..., 1:]  # [example, digit, frequency]`,
    'turns = torch.arange(1, 6)[:, None] * torch.arange(10) % 10 * (2 * torch.pi / 10)  # [frequency, digit]',
    'highest = (waves.angle()[..., None] + turns).cos().argmax(-1)',
    'right = (highest == answer[..., None]).float()',
    'power = waves.abs().square() * torch.tensor([2, 2, 2, 2, 1])  # all but the last have a mirror image',
    '',
    resultOf({
      n: 'len(tokens)',
      accuracy: 'right.mean(0).T',
      exactMatch: 'right.amin(1).mean(0)',
      power: '(power / power.sum(-1, keepdim=True)).mean(0).T',
    }),
  ),
})

/** The last layer's pattern from another sum that is alike where a digit is predicted. */
export const patternSwap: BodyOf = ({ config, lastLayer, predicting }) => {
  const hook = quoted(hookOf('pattern', lastLayer))
  return {
    code: lines(
      `_, clean = model.run_with_cache(tokens, names_filter=${hook})`,
      'here = torch.arange(len(tokens))[:, None]',
      'n, accuracy = [], []',
      'for common in [(columns + carry_in) % 10, 2 * columns + carry_in]:  # the digit; the sum and the carry',
      '    donors = here.repeat(1, answer.shape[1])  # the next of the same within 200',
      '    for begin, digit in product(range(0, len(tokens), 200), range(answer.shape[1])):',
      '        of = common[begin:begin + 200, digit]',
      '        for value in of.unique():',
      '            alike = begin + (of == value).nonzero()[:, 0]',
      '            donors[alike, digit] = alike.roll(-1)',
      '',
      '    def swap(pattern, hook):',
      `        for digit, query in enumerate([${answerPositions(config.layout).join(', ')}]):`,
      `            pattern[:, :, query] = clean[${hook}][donors[:, digit], :, query]`,
      '        return pattern',
      '',
      `    logits = model.run_with_hooks(tokens, fwd_hooks=[(${hook}, swap)])`,
      `    right = logits[:, ${predicting}].argmax(-1) == answer`,
      '    tried = donors != here',
      '    n.append(tried.sum(0))',
      '    accuracy.append((right & tried).sum(0) / tried.sum(0))',
      '',
      resultOf({ n: 'torch.stack(n)', accuracy: 'torch.stack(accuracy)' }),
    ),
  }
}

/** The answer digit written before, as the other carry would give it. */
export const falseToken: BodyOf = ({ config: { layout } }) => {
  const cases = range(layout.answerDigits).flatMap((digit) => {
    const position = answerPosition(digit, layout)
    const before = digitPredictedAt(position - 1, layout)
    return before === null ? [] : [`(${[digit, before, Math.max(digit, before), position].join(', ')})`]
  })
  return {
    code: lines(
      `n, share = torch.zeros(${layout.answerDigits}, dtype=torch.long), torch.full((${layout.answerDigits}, 3), torch.nan)`,
      `for digit, before, column, position in [${cases.join(', ')}]:`,
      '    sums = classes[:, column] == 1',
      '    if not sums.any():',
      '        continue',
      '    step = 1 - 2 * carry_in[sums, digit].long()',
      '    false = tokens[sums]',
      '    false[:, position] = (answer[sums, before] + step) % 10',
      '    observed = model(false)[:, position].argmax(-1)',
      '    own, follows = (observed == (answer[sums, digit] + shift) % 10 for shift in (0, step))',
      '    n[digit] = sums.sum()',
      '    share[digit] = torch.stack([own, follows, ~own & ~follows]).float().mean(1)',
      '',
      resultOf({ n: 'n', share: 'share', follows: '(share[:, 1] * n).nansum() / n.sum()' }),
    ),
  }
}
