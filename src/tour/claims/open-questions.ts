import { digitLabels } from '../../core/positions'
import { mean } from '../../core/statistics'
import { bestSite } from '../best-site'
import { shareOf, type Claim } from '../claim'
import { carriedDigits } from '../digits'
import { entryOf } from '../entry'
import { asked, thousand, type Inquiry } from '../inquiry'

/** What the notebook asks at its end, as far as a number can answer it: neither is explained. */
export const openQuestionClaims: readonly Claim[] = [
  {
    id: 'every-carry-one-site',
    statement: 'Every carry has one site that moves it.',
    why: 'How do the first layer’s heads encode the carry? For each digit the single site that moves its carry most often: the share that it moves, in the digit where that is least.',
    figure: 'transplant-map',
    quantities: [shareOf('carries moved, least over digits', { least: 0.95 }, { most: 0.5 }, 0.906)],
    async check(inquiry) {
      const question = asked('transplant-map', { dataset: thousand })
      const best = await Promise.all(
        carriedDigits(inquiry.config.layout).map(async (digit) => ({ digit, ...(await bestSite(inquiry, digit)) })),
      )
      const found = best.map(({ digit, site, share }) => `C${digit} by ${site} ${(100 * share).toFixed(1)} %`)
      const least = best.reduce((one, other) => (other.share < one.share ? other : one))
      return {
        values: [least.share],
        found: found.join(', '),
        asked: question,
        looks: { part: `C${least.digit}`, focus: least.digit },
      }
    },
  },
  {
    id: 'pattern-holds-digit',
    statement: 'The last layer’s attention is a function of the digit to write.',
    why: 'How do the last layer’s heads work together? Its attention is taken from another sum that has the same digit there. If the digit is all that it holds, the answer stays right.',
    figure: 'pattern-swap',
    quantities: [shareOf('digits that stay right', { least: 0.95 }, { most: 0.8 }, 0.673)],
    async check(inquiry) {
      const { values, question } = await swapped('digit', inquiry)
      return {
        values: [mean(values)],
        found: told(values),
        asked: question,
      }
    },
  },
  {
    id: 'pattern-holds-sum',
    statement: 'The last layer’s attention is a function of the column’s sum and its carry.',
    why: 'The same with a sum whose two digits add up alike and get the same carry. What is lost still depends on the very pair of digits, and nobody has said how.',
    figure: 'pattern-swap',
    quantities: [shareOf('digits that stay right, least over digits', { least: 0.98 }, { most: 0.5 }, 0.766)],
    async check(inquiry) {
      const { values, question } = await swapped('sum and carry', inquiry)
      return { values: [Math.min(...values)], found: told(values), asked: question }
    },
  },
]

async function swapped(group: string, inquiry: Inquiry) {
  const question = asked('pattern-swap', { dataset: thousand })
  const { accuracy } = await inquiry.ask(question)
  return {
    question,
    values: digitLabels(inquiry.config.layout.answerDigits).map((digit) => entryOf(accuracy, { group, digit })),
  }
}

function told(values: readonly number[]): string {
  return values.map((value, digit) => `C${digit} ${(100 * value).toFixed(1)} %`).join(', ')
}
