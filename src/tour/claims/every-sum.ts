import { BadInput } from '../../core/bad-input'
import { columnsOf } from '../../core/columns'
import { digitsOf } from '../../core/tokens'
import type { TaskLayout } from '../../core/task-layout'
import { quantityOf, shareOf, type Claim } from '../claim'
import type { EverySum, Inquiry, WrongSum } from '../inquiry'

/** What only every sum there is can tell. */
export const everySumClaims: readonly Claim[] = [
  {
    id: 'every-sum',
    statement: 'It adds every sum there is.',
    why: 'No sample can say so: one wrong sum among millions refutes it.',
    figure: null,
    quantities: [quantityOf('sums', 'wrong sums', { most: 0 }, { least: 1 }, 4721)],
    async check(inquiry) {
      const { wrong, n } = everySumOf(inquiry)
      return { values: [wrong], found: `of ${n.toLocaleString('en-US')}`, asked: null }
    },
  },
  {
    id: 'fails-left-of-9',
    statement: 'Wrong digits stand left of a column of 9.',
    why: 'Of all wrong sums, those in which a wrong digit’s right neighbour column adds up to 9: there the carry has to be passed on.',
    figure: null,
    quantities: [shareOf('of the wrong sums', { least: 0.85 }, { most: 0.5 }, 0.9)],
    async check(inquiry) {
      const { wrong, wrongSums } = everySumOf(inquiry)
      const { layout } = inquiry.config
      const left = wrongSums.filter((sum) => failsLeftOfNine(sum, layout)).length
      return {
        values: [left / wrongSums.length],
        found: `${wrongSums.length.toLocaleString('en-US')} of ${wrong.toLocaleString('en-US')} wrong sums`,
        asked: null,
      }
    },
  },
]

function everySumOf({ everySum }: Inquiry): EverySum {
  if (everySum) return everySum
  throw new BadInput(
    'This is read off an evaluation of every sum: let Failures finish one, or on the command line run "evaluate --exhaustive --json FILE" and then "tour --evaluation FILE".',
  )
}

function failsLeftOfNine(sum: WrongSum, layout: TaskLayout): boolean {
  const { classes } = columnsOf(sum, layout)
  return wrongDigits(sum, layout).some((column) => classes[column + 1] === 'P')
}

/** The answer digits that are known to be wrong. */
function wrongDigits(sum: WrongSum, layout: TaskLayout): number[] {
  if ('digit' in sum) return [sum.digit]
  const right = digitsOf(sum.a + sum.b, layout.answerDigits)
  return right.flatMap((digit, column) => (sum.predicted[column] === String(digit) ? [] : [column]))
}
