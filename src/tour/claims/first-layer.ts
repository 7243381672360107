import { digitLabels, positionLabels } from '../../core/positions'
import { bestSite } from '../best-site'
import { quantityOf, shareOf, type Claim } from '../claim'
import { correlation } from '../correlation'
import { digitWithColumns } from '../digits'
import { entryOf } from '../entry'
import { asked, thousand, type Inquiry } from '../inquiry'

const question = asked('hierarchy', { dataset: thousand })

/** How layer 0 decides whether the units carry. */
export const firstLayerClaims: readonly Claim[] = [
  {
    id: 'hierarchy',
    statement: 'One attention step decides a column’s carry.',
    why: 'At the site that moves the carry into the tens, of any two unit digits the one that wins the attention is 5 or more exactly when they add up to 10 or more.',
    figure: 'race',
    quantities: [shareOf('pairs of digits that it decides rightly', { least: 0.99 }, { most: 0.9 }, 1)],
    async check(inquiry) {
      const { site, names, looks } = await raceSite(inquiry)
      const { agreement, n } = await inquiry.ask(question)
      return {
        values: [entryOf(agreement, names)],
        found: `${site}, 100 pairs; mean queries of ${n} sums`,
        asked: question,
        looks,
      }
    },
  },
  {
    id: 'log-cosh',
    statement: 'Its scores are the log cosh of a digit’s distance from the middle.',
    why: 'Softmax over such scores makes the head’s output a step in the sum of the two digits, which is all that a carry is.',
    figure: 'race',
    quantities: [quantityOf('R²', 'fit of log cosh', { least: 0.98 }, { most: 0.9 }, 1)],
    async check(inquiry) {
      const { site, names, looks } = await raceSite(inquiry)
      const { logCosh, n } = await inquiry.ask(question)
      const value = entryOf(logCosh, { ...names, parameter: 'r2' })
      return { values: [value], found: `${site}; mean queries of ${n} sums`, asked: question, looks }
    },
  },
  {
    id: 'mirror',
    statement: 'The two heads that store a column’s sum prefer opposite digits.',
    why: 'At the position that predicts the tens, the two heads of layer 0 that look most at their column: where the one prefers a digit, the other avoids it.',
    figure: 'race',
    quantities: [quantityOf('correlation', 'correlation of their scores', { most: -0.9 }, { least: 0 }, -0.961)],
    async check(inquiry) {
      const { layout, n_heads } = inquiry.config
      const result = await inquiry.ask(question)
      const digit = digitWithColumns(1, layout)
      const column = digitLabels(layout.operandDigits)[digit - (layout.answerDigits - layout.operandDigits)]!
      const query = positionLabels(layout)[positionLabels(layout).indexOf(`C${digit}`) - 1]!
      const heads = Array.from({ length: n_heads }, (_, head) => `H0.${head}`)
      const looks = (head: string) => entryOf(result.attention, { head, query, column })
      const [one, other] = heads.toSorted((a, b) => looks(b) - looks(a))
      if (one === undefined || other === undefined) return { values: [NaN], found: 'one head only', asked: question }
      const scores = (head: string) =>
        ['scoreA', 'scoreB'].flatMap((name) =>
          Array.from({ length: 10 }, (_, value) =>
            entryOf(result[name as 'scoreA' | 'scoreB'], { head, query, column, digitValue: String(value) }),
          ),
        )
      return {
        values: [correlation(scores(one), scores(other))],
        found: `${one} and ${other} at ${query}, column ${column.slice(1)}`,
        asked: question,
        looks: { part: `${one}@${query}`, focus: digit },
      }
    },
  },
]

/** The site that moves the tens' carry, as the axes of `hierarchy` name it; the column is that of the units. */
async function raceSite(inquiry: Inquiry) {
  const { layout } = inquiry.config
  const digit = digitWithColumns(1, layout)
  const { site } = await bestSite(inquiry, digit)
  const [head, query] = site.split('@') as [string, string]
  const names = { head, query, column: digitLabels(layout.operandDigits).at(-1)! }
  return { site, names, looks: { part: site, focus: digit } }
}
