import { columnPatterns } from '../../core/column-patterns'
import type { BodyOf } from '../python/body'
import { runForLogits } from '../python/intervention-blocks'
import { lines, resultOf } from '../python/python'
import { operandsCode } from './operands'

export const performance: BodyOf = (input) => {
  const { config, params, predicting } = input
  const { examples } = params
  return {
    code: lines(
      runForLogits(input),
      'losses = losses_of(logits)',
      'probs = (-losses).exp()',
      `predicted = logits[:, ${predicting}].argmax(-1)`,
      examples !== undefined && operandsCode(config.layout),
      '',
      resultOf({
        n: 'len(tokens)',
        loss: 'losses.mean()',
        meanProb: 'probs.mean()',
        medianProb: 'probs.median()',
        minProb: 'probs.min()',
        exactMatch: '(predicted == answer).all(1).float().mean()',
        tokenAccuracy: '(predicted == answer).float().mean()',
        lossPerDigit: 'losses.mean(0)',
        ...(examples !== undefined && {
          operands: `operands[:${examples}]`,
          exampleLoss: `losses[:${examples}]`,
          predicted: `predicted[:${examples}]`,
        }),
      }),
    ),
  }
}

export const predictions: BodyOf = (input) => ({
  code: lines(
    runForLogits(input),
    `logits = logits[0, ${input.predicting}]`,
    'predicted = logits.argmax(-1)',
    '',
    resultOf({
      logits: 'logits',
      probs: 'logits.softmax(-1)',
      logProbs: 'logits.log_softmax(-1)',
      predicted: 'predicted',
      answer: 'answer[0]',
      correct: '(predicted == answer[0]).int()',
    }),
  ),
})

export const carryClasses: BodyOf = (input) => ({
  code: lines(
    runForLogits(input),
    'losses = losses_of(logits)',
    `right = (logits[:, ${input.predicting}].argmax(-1) == answer).all(1).float()`,
    `members = [pattern_index == pattern for pattern in range(${columnPatterns(input.config.layout).length})]`,
    'loss_per_digit = torch.stack([losses[rows].mean(0) for rows in members])',
    '',
    resultOf({
      n: 'torch.stack([rows.sum() for rows in members])',
      loss: 'loss_per_digit.mean(1)',
      exactMatch: 'torch.stack([right[rows].mean() for rows in members])',
      lossPerDigit: 'loss_per_digit',
    }),
  ),
})
