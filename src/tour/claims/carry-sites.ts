import { headLabels } from '../../core/heads'
import { positionLabels, equalsPosition } from '../../core/positions'
import { bestSite } from '../best-site'
import { shareOf, type Claim } from '../claim'
import { digitWithColumns } from '../digits'
import { entryOf } from '../entry'
import { asked, fiveThousand, type Inquiry } from '../inquiry'

/** Where each carry lives, and what moving it costs. */
export const carrySiteClaims: readonly Claim[] = [
  {
    id: 'carry-tens',
    statement: 'One head at one position is the tens’ carry and nothing else.',
    why: 'Its output is taken from another sum’s run. The whole answer should be as predicted from that sum’s carry into the tens, and otherwise stay.',
    figure: 'transplant',
    quantities: [shareOf('answers as predicted', { least: 0.99 }, { most: 0.9 }, 0.9996)],
    async check(inquiry) {
      const digit = digitWithColumns(1, inquiry.config.layout)
      const { site } = await bestSite(inquiry, digit)
      const question = transplantOf([site], [`carry:C${digit}`])
      const { exact } = await inquiry.ask(question)
      return {
        values: [entryOf(exact, { group: 'all' })],
        found: foundAt(site),
        asked: question,
        looks: { focus: digit },
      }
    },
  },
  {
    id: 'three-way',
    statement: 'A carry site stores generate, propagate or kill, not carry or none.',
    why: 'At the site that moves the hundreds’ carry: answers as predicted when the tens’ class is moved in three states, and what is lost when a column of 9 counts as no carry.',
    figure: 'transplant',
    quantities: [
      shareOf('answers as predicted', { least: 0.98 }, { most: 0.9 }, 0.998),
      shareOf('more than with two states', { least: 0.03 }, {}, 0.058),
    ],
    async check(inquiry) {
      const { site, moves, digit } = await hundreds(inquiry)
      const question = transplantOf([site], moves)
      const three = entryOf((await inquiry.ask(question)).exact, { group: 'changed' })
      const { exact } = await inquiry.ask(asked('transplant', { ...question.params, binary: true }))
      return {
        values: [three, three - entryOf(exact, { group: 'changed' })],
        found: foundAt(site),
        asked: question,
        looks: { focus: digit },
      }
    },
  },
  {
    id: 'hundreds-one-head',
    statement: 'One head at one position holds the tens’ class for the hundreds.',
    why: 'Of the sums whose hundreds digit must change when the tens’ class is moved, how many get exactly the predicted one.',
    figure: 'transplant',
    quantities: [shareOf('hundreds as predicted', { least: 0.98 }, { most: 0.8 }, 0.998)],
    async check(inquiry) {
      const { site, moves, digit } = await hundreds(inquiry)
      const question = transplantOf([site], moves)
      const { perDigit } = await inquiry.ask(question)
      return {
        values: [entryOf(perDigit, { digit: `C${digit}` })],
        found: foundAt(site),
        asked: question,
        looks: { focus: digit },
      }
    },
  },
  {
    id: 'thousands-price',
    statement: 'The thousands’ carry can be moved without hurting the hundreds.',
    why: 'The site that moves it best is transplanted between sums whose hundreds get the same carry: the hundreds digit should stay.',
    figure: 'transplant',
    quantities: [shareOf('hundreds that stay', { least: 0.98 }, { most: 0.5 }, 0.24)],
    async check(inquiry) {
      const { layout } = inquiry.config
      const { site } = await bestSite(inquiry, digitWithColumns(3, layout))
      const question = transplantOf([site], [])
      const { share } = await inquiry.ask(question)
      const digit = digitWithColumns(2, layout)
      return {
        values: [entryOf(share, { group: 'same', digit: `C${digit}`, outcome: 'own' })],
        found: foundAt(site),
        asked: question,
        looks: { focus: digit },
      }
    },
  },
  {
    id: 'look-ahead',
    statement: 'The last operand digit’s position resolves cascades: it moves the hundreds only through a 9.',
    why: 'The best head there, moved with the units’ class: the hundreds must not follow where the tens generate in one sum and kill in the other, and must where a column of 9 passes the carry on.',
    figure: 'transplant-classes',
    quantities: [
      shareOf('moved where no 9 passes it on', { most: 0.01 }, { least: 0.5 }, 0),
      shareOf('as predicted where it must change', { least: 0.98 }, { most: 0.5 }, 0.996),
    ],
    async check(inquiry) {
      const { layout, n_heads } = inquiry.config
      const digit = digitWithColumns(2, layout)
      const above = Array.from({ length: digit + 1 }, (_, index) => `C${digit - index}`)
      const moves = [`class:${layout.answerDigits - 1}@${above.join(',')}`]
      const position = positionLabels(layout)[equalsPosition(layout) - 1]!
      const tried = await Promise.all(
        headLabels(1, n_heads).map(async (head) => {
          const question = transplantOf([`${head}@${position}`], moves)
          const result = await inquiry.ask(question)
          return { site: `${head}@${position}`, question, result, changed: entryOf(result.exact, { group: 'changed' }) }
        }),
      )
      const best = tried.reduce((one, other) => (other.changed > one.changed ? other : one))
      const { movedByClass } = best.result
      const through = ['GK', 'KG'].map((name) => entryOf(movedByClass, { class: name, digit: `C${digit}` }))
      return {
        values: [Math.max(...through), best.changed],
        found: foundAt(best.site),
        asked: best.question,
        looks: { focus: digit },
      }
    },
  },
]

function transplantOf(at: readonly string[], moves: readonly string[]) {
  return asked('transplant', { dataset: fiveThousand, at, ...(moves.length > 0 && { moves }) })
}

function foundAt(site: string): string {
  return `${site}; ${fiveThousand.size} pairs, seed ${fiveThousand.seed}`
}

async function hundreds(inquiry: Inquiry) {
  const digit = digitWithColumns(2, inquiry.config.layout)
  const { site } = await bestSite(inquiry, digit)
  return { digit, site, moves: [`class:${digit + 1}`] }
}
