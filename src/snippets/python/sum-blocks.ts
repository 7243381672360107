import { equalsPosition, plusPosition } from '../../core/positions'
import { defaultDataset } from '../../analyses/running/chosen-sums'
import type { DatasetChoice } from '../../core/dataset'
import { columnPatterns } from '../../core/column-patterns'
import type { Block } from './blocks'
import type { SnippetInput } from './snippet-input'
import { lines } from './python'

/** The sums that run as tokens, and their arithmetic. */
export function sumBlocks(input: SnippetInput): Block[] {
  const { config, dataset, isOneSum, params } = input
  const { numDigits } = config
  const places = `torch.arange(${numDigits - 1}, -1, -1)`
  const answerStart = equalsPosition(numDigits) + 1
  const draw = ({ size, seed }: DatasetChoice) => `draw(${size}, seed=${seed})`
  const drawn = draw(dataset)
  const { sum = { a: 0, b: 0 } } = params
  const belongs = membership(params.subset ?? 'all')
  const number = (name: string) => `{${name}:0${numDigits}}`
  return [
    {
      defines: ['to_tokens'],
      code: lines(
        'def to_tokens(a, b):',
        '    """A sum with its right answer, [1, position]."""',
        `    return torch.tensor([["0123456789+=".index(token) for token in f"${number('a')}+${number('b')}=${number('a + b')}"]])`,
      ),
    },
    {
      defines: ['draw'],
      code: lines(
        'def draw(size, seed):',
        '    """Sums with their answers, [example, position]. First digits are below 5, so that the answer fits."""',
        '    torch.manual_seed(seed)',
        `    a, b = (torch.cat([torch.randint(5, (size, 1)), torch.randint(10, (size, ${numDigits - 1}))], 1) for _ in "ab")`,
        `    place = 10 ** ${places}`,
        '    c = ((a + b) * place).sum(1, keepdim=True) // place % 10',
        '    plus, equals = torch.full((size, 1), 10), torch.full((size, 1), 11)',
        '    return torch.cat([a, plus, b, equals, c], 1)',
      ),
    },
    { defines: ['reference'], code: `reference = ${params.meanOver === 'reference' ? draw(defaultDataset) : drawn}` },
    ...(belongs === null || isOneSum
      ? [{ defines: ['tokens'], code: `tokens = ${isOneSum ? `to_tokens(${sum.a}, ${sum.b})` : drawn}` }]
      : [
          {
            defines: ['tokens', 'everything'],
            code: lines(
              `everything = ${drawn}`,
              `digit_sums = ${columnSums('everything', numDigits)}`,
              `tokens = everything[${belongs}]  # ${params.subset}`,
            ),
          },
        ]),
    { defines: ['answer'], code: `answer = tokens[:, ${answerStart}:]` },
    { defines: ['columns'], code: `columns = ${columnSums('tokens', numDigits)}  # the two digits of each, added` },
    { defines: ['carry_in'], code: 'carry_in = answer != columns % 10' },
    { defines: ['carry_out'], code: 'carry_out = columns + carry_in >= 10' },
    { defines: ['classes'], code: 'classes = (columns >= 9).long() + (columns >= 10)  # K 0, P 1, G 2' },
    {
      defines: ['pattern_index'],
      code: `pattern_index = (classes * 3 ** ${places}).sum(1)  # KKKK, KKKP, … to KGGG`
        .replace('KKKK', columnPatterns(numDigits)[0]!)
        .replace('KKKP', columnPatterns(numDigits)[1]!)
        .replace('KGGG', columnPatterns(numDigits).at(-1)!),
    },
    {
      defines: ['losses_of'],
      code: lines(
        'def losses_of(logits):',
        '    """Negative log-likelihood of each answer digit, [example, digit], in nats."""',
        `    return -logits[:, ${input.predicting}].log_softmax(-1).gather(-1, answer[..., None])[..., 0]`,
      ),
    },
  ]
}

/** Whether the clean means of these parameters are over all sums drawn, of which only some run. */
export function meansOverEverything({ params }: SnippetInput): boolean {
  return params.meanOver === 'all' && membership(params.subset ?? 'all') !== null
}

function columnSums(tokens: string, numDigits: number): string {
  const second = plusPosition(numDigits) + 1
  return `${tokens}[:, :${numDigits}] + ${tokens}[:, ${second}:${second + numDigits}]`
}

/** Which sums belong to a subset, by `digit_sums`; null where all do. */
function membership(subset: string): string | null {
  const word = subset.trim()
  if (word === 'carries') return '(digit_sums >= 10).any(1)'
  if (word === 'non-carries') return '(digit_sums < 10).all(1)'
  const tests: Readonly<Record<string, string>> = { G: '>= 10', P: '== 9', K: '<= 8' }
  const columns = Array.from(word === 'all' ? '' : word.toUpperCase()).flatMap((name, column) =>
    tests[name] ? [`(digit_sums[:, ${column}] ${tests[name]})`] : [],
  )
  return columns.length > 0 ? columns.join(' & ') : null
}
