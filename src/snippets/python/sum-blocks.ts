import type { DatasetChoice } from '../../core/dataset'
import { operandPosition, plusPosition } from '../../core/positions'
import { columnPatterns } from '../../core/column-patterns'
import { subsetParts } from '../../core/subset'
import { columnsBeforeOperands, defaultDataset, type TaskLayout } from '../../core/task-layout'
import { tokenOfId } from '../../core/vocabulary'
import type { Block } from './blocks'
import type { SnippetInput } from './snippet-input'
import { lines } from './python'

/** The sums that run as tokens, and their arithmetic. */
export function sumBlocks(input: SnippetInput): Block[] {
  return [...drawingBlocks(input.config.layout), ...runningBlocks(input), ...arithmeticBlocks(input)]
}

/** How sums are written in tokens: one that is given, and many that are drawn. */
function drawingBlocks(layout: TaskLayout): Block[] {
  const { operandDigits, answerDigits, largestFirstDigit } = layout
  return [
    {
      defines: ['to_tokens'],
      code: lines(
        'def to_tokens(a, b):',
        '    """A sum with its right answer, [1, position]."""',
        `    return torch.tensor([${oneSum(layout)}])`,
      ),
    },
    {
      defines: ['draw'],
      code: lines(
        'def draw(size, seed):',
        `    """Sums with their answers, [example, position].${largestFirstDigit === 4 ? ' First digits are below 5, so that the answer fits.' : ''}"""`,
        '    torch.manual_seed(seed)',
        `    a, b = (torch.cat([torch.randint(${largestFirstDigit + 1}, (size, 1)), torch.randint(10, (size, ${operandDigits - 1}))], 1) for _ in "ab")`,
        `    place = 10 ** ${placesOf(layout)}`,
        `    c = ((a + b) * place${answerDigits > operandDigits ? '[1:]' : ''}).sum(1, keepdim=True) // place % 10`,
        '    plus, equals = torch.full((size, 1), 10), torch.full((size, 1), 11)',
        `    return torch.cat([${standing(layout)}a, plus, b, equals, ${isReversed(layout) ? 'c.flip(1)' : 'c'}], 1)`,
      ),
    },
  ]
}

/** Which sums run, and over which of them means are taken. */
function runningBlocks({ config, dataset, isOneSum, params }: SnippetInput): Block[] {
  const { layout } = config
  const draw = ({ size, seed }: DatasetChoice) => `draw(${size}, seed=${seed})`
  const drawn = draw(dataset)
  const { sum = { a: 0, b: 0 } } = params
  const belongs = membership(params.subset ?? 'all')
  return [
    {
      defines: ['longest_cascade'],
      code: lines(
        'def longest_cascade(digit_sums):',
        '    """Through how many columns of 9 the longest carry of each sum runs, [example]."""',
        '    carry, passed, longest = (torch.zeros(len(digit_sums), dtype=torch.long) for _ in range(3))',
        '    for column in digit_sums.flip(1).T:',
        '        longest = torch.maximum(longest, carry * passed)',
        '        passed = (column == 9) * (passed + 1)',
        '        carry = ((column >= 10) | ((column == 9) & (carry == 1))).long()',
        '    return longest',
      ),
    },
    {
      defines: ['reference'],
      code:
        isOneSum && belongs !== null
          ? lines(
              `drawn = ${drawn}`,
              `digit_sums = ${columnSums('drawn', layout)}`,
              `reference = drawn[${belongs}]  # ${params.subset}`,
            )
          : `reference = ${params.meanOver === 'reference' ? draw(defaultDataset) : drawn}`,
    },
    ...(belongs === null || isOneSum
      ? [{ defines: ['tokens'], code: `tokens = ${isOneSum ? `to_tokens(${sum.a}, ${sum.b})` : drawn}` }]
      : [
          {
            defines: ['tokens', 'everything'],
            code: lines(
              `everything = ${drawn}`,
              `digit_sums = ${columnSums('everything', layout)}`,
              `tokens = everything[${belongs}]  # ${params.subset}`,
            ),
          },
        ]),
  ]
}

/** What is known of the sums that run, and how well they are answered. */
function arithmeticBlocks({ config, answers, predicting }: SnippetInput): Block[] {
  const { layout } = config
  const patterns = columnPatterns(layout)
  const [first = '', second = first] = patterns
  return [
    { defines: ['answer'], code: `answer = tokens[:, ${answers}]` },
    { defines: ['columns'], code: `columns = ${columnSums('tokens', layout)}  # the two digits of each, added` },
    { defines: ['carry_in'], code: 'carry_in = answer != columns % 10' },
    { defines: ['carry_out'], code: 'carry_out = columns + carry_in >= 10' },
    { defines: ['classes'], code: 'classes = (columns >= 9).long() + (columns >= 10)  # K 0, P 1, G 2' },
    {
      defines: ['pattern_index'],
      code: `pattern_index = (classes * 3 ** ${placesOf(layout)}).sum(1)  # ${first}, ${second}, … to ${patterns.at(-1)!}`,
    },
    {
      defines: ['losses_of'],
      code: lines(
        'def losses_of(logits):',
        '    """Negative log-likelihood of each answer digit, [example, digit], in nats."""',
        `    return -logits[:, ${predicting}].log_softmax(-1).gather(-1, answer[..., None])[..., 0]`,
      ),
    },
  ]
}

/** The exponents of ten that the answer's digits stand for, the largest first. */
function placesOf({ answerDigits }: TaskLayout): string {
  return `torch.arange(${answerDigits - 1}, -1, -1)`
}

/** Whether the clean means of these parameters are over all sums drawn, of which only some run. */
export function meansOverEverything({ params }: SnippetInput): boolean {
  return params.meanOver === 'all' && membership(params.subset ?? 'all') !== null
}

/** The tokens of the sum of `a` and `b` as a Python list. */
function oneSum(layout: TaskLayout): string {
  const { operandDigits, answerDigits, largestFirstDigit, before } = layout
  const number = (name: string, digits: number) => `{${name}:0${digits}}`
  const operands = `${number('a', operandDigits)}+${number('b', operandDigits)}=`
  const overflows = answerDigits === operandDigits && largestFirstDigit === 9
  const answer = number(overflows ? `(a + b) % ${10 ** answerDigits}` : 'a + b', answerDigits)
  const text = isReversed(layout) ? `f"${operands}" + f"${answer}"[::-1]` : `f"${operands}${answer}"`
  const tokens = `["0123456789+=".index(token) for token in ${text}]`
  return before.length > 0 ? `${tokensBefore(layout)} + ${tokens}` : tokens
}

/** What comes before the operands of sums that are put together. */
function standing(layout: TaskLayout): string {
  return layout.before.length > 0 ? `torch.tensor([${tokensBefore(layout)}]).expand(size, -1), ` : ''
}

function tokensBefore(layout: TaskLayout): string {
  return `[${layout.before.map((id) => tokenOfId(id, layout)).join(', ')}]`
}

function isReversed({ answerOrder }: TaskLayout): boolean {
  return answerOrder === 'leastSignificantFirst'
}

/** The two operands' digits added, a column for each answer digit. */
function columnSums(tokens: string, layout: TaskLayout): string {
  const digits = (first: number) => `${tokens}[:, ${first || ''}:${first + layout.operandDigits}]`
  const sums = `${digits(operandPosition(layout))} + ${digits(plusPosition(layout) + 1)}`
  const empty = columnsBeforeOperands(layout)
  return empty > 0 ? `torch.nn.functional.pad(${sums}, (${empty}, 0))` : sums
}

/** Which sums belong to a subset, by `digit_sums`; null where all do. */
function membership(subset: string): string | null {
  const tests: Readonly<Record<string, string>> = { G: '>= 10', P: '== 9', K: '<= 8' }
  const { word, cascade } = subsetParts(subset)
  const columns = Array.from(/^[GPK*]+$/.test(word) ? word : '').flatMap((name, column) =>
    tests[name] ? [`(digit_sums[:, ${column}] ${tests[name]})`] : [],
  )
  const conditions = [
    ...(word === 'CARRIES' ? ['(digit_sums >= 10).any(1)'] : []),
    ...(word === 'NON-CARRIES' ? ['(digit_sums < 10).all(1)'] : []),
    ...columns,
    ...(cascade === null ? [] : [`(longest_cascade(digit_sums) == ${cascade})`]),
  ]
  return conditions.length > 0 ? conditions.join(' & ') : null
}
