import { answerPositions, equalsPosition } from '../../core/positions'
import { isPublishedLayout, type TaskLayout } from '../../core/task-layout'
import { vocabularyOrder } from '../../core/vocabulary'
import { range } from '../python/snippet-input'
import { columnPatterns } from '../../core/column-patterns'
import type { BodyOf } from '../python/body'
import { lines, resultOf } from '../python/python'

export const dataset: BodyOf = ({ config, params: { examples } }) => {
  const { layout, d_vocab } = config
  const ids = vocabularyOrder(layout, d_vocab)
  const isUsual = isPublishedLayout(layout)
  const first = examples === undefined ? '' : `[:${examples}]`
  const code = lines(
    '# How many columns of 9 the carry into a column ran through',
    'cascade = torch.zeros_like(columns)',
    `for column in range(${layout.answerDigits - 2}, -1, -1):`,
    '    passed = carry_in[:, column] & (columns[:, column + 1] == 9)',
    '    cascade[:, column] = torch.where(passed, cascade[:, column + 1] + 1, 0)',
    '',
    resultOf({
      tokens: isUsual ? `tokens${first}` : `torch.tensor([${ids.join(', ')}])[tokens${first}]`,
      text: `["".join("0123456789+="[token] for token in row) for row in ${isUsual ? `tokens${first}` : `tokens[:, ${spoken(layout)}]${first}`}.tolist()]`,
      patterns: `["".join("KPG"[name] for name in row) for row in classes${first}.tolist()]`,
      columnClass: `classes${first}`,
      carryIn: `carry_in${first}.int()`,
      carryOut: `carry_out${first}.int()`,
      cascade: `cascade${first}`,
    }),
  )
  return { code }
}

/** The positions of a sum in the order in which it is said. */
function spoken(layout: TaskLayout): string {
  const upToEquals = range(equalsPosition(layout) + 1).slice(layout.before.length)
  return `[${[...upToEquals, ...answerPositions(layout).map((position) => position + 1)].join(', ')}]`
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
      perPattern: `torch.bincount(pattern_index, minlength=${columnPatterns(config.layout).length})`,
    }),
  ),
})
