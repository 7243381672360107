import { columnPatterns } from '../../core/column-patterns'
import type { BodyOf } from '../python/body'
import { lines, resultOf } from '../python/python'

export const dataset: BodyOf = ({ config, params: { examples } }) => {
  const first = examples === undefined ? '' : `[:${examples}]`
  const code = lines(
    '# How many columns of 9 the carry into a column ran through',
    'cascade = torch.zeros_like(columns)',
    `for column in range(${config.numDigits - 2}, -1, -1):`,
    '    passed = carry_in[:, column] & (columns[:, column + 1] == 9)',
    '    cascade[:, column] = torch.where(passed, cascade[:, column + 1] + 1, 0)',
    '',
    resultOf({
      tokens: `tokens${first}`,
      text: `["".join("0123456789+="[token] for token in row) for row in tokens${first}.tolist()]`,
      patterns: `["".join("KPG"[name] for name in row) for row in classes${first}.tolist()]`,
      columnClass: `classes${first}`,
      carryIn: `carry_in${first}.int()`,
      carryOut: `carry_out${first}.int()`,
      cascade: `cascade${first}`,
    }),
  )
  return { code }
}

export const carries: BodyOf = ({ config }) => ({
  code: lines(
    '# carryIn, carryOut, and the notebook’s test, which holds for either',
    'definitions = torch.stack([carry_in, carry_out, columns != answer])',
    '',
    resultOf({
      n: 'len(tokens)',
      any: '(columns >= 10).any(1).sum()',
      perColumn: 'definitions.sum(1)',
      perPattern: `torch.bincount(pattern_index, minlength=${columnPatterns(config.numDigits).length})`,
    }),
  ),
})
