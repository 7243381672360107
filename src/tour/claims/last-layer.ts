import { answerPosition, positionLabels } from '../../core/positions'
import type { Intervention } from '../../model/intervention'
import { bestSite } from '../best-site'
import { quantityOf, shareOf, type Claim } from '../claim'
import { carriedDigits, digitWithColumns } from '../digits'
import { entryOf } from '../entry'
import { asked, fiveThousand, thousand } from '../inquiry'

/** How the last layer turns a carry into another digit. */
export const lastLayerClaims: readonly Claim[] = [
  {
    id: 'pattern-carries',
    statement: 'The last layer’s attention pattern alone carries the carry.',
    why: 'The tens’ site is moved, but only the last layer’s attention pattern hears of it: do the tens follow?',
    figure: 'transplant',
    quantities: [shareOf('tens that follow', { least: 0.7 }, { most: 0.3 }, 0.922)],
    async check(inquiry) {
      const digit = digitWithColumns(1, inquiry.config.layout)
      const { site } = await bestSite(inquiry, digit)
      const question = asked('transplant', {
        dataset: fiveThousand,
        at: [site],
        moves: [`carry:C${digit}`],
        via: 'pattern',
      })
      const { share } = await inquiry.ask(question)
      const value = entryOf(share, { group: 'differ', digit: `C${digit}`, outcome: 'moved' })
      return {
        values: [value],
        found: `${site} through the pattern; ${fiveThousand.size} pairs`,
        asked: question,
        looks: { focus: digit },
      }
    },
  },
  {
    id: 'anchors',
    statement: 'For the last two digits the last layer needs no values but those of its own position.',
    why: 'Its values at every other position are replaced by their means: attention then weighs constant anchors, and the digits should still be right.',
    figure: 'logit-lens',
    quantities: [shareOf('right digits, the worse of two', { least: 0.99 }, { most: 0.9 }, 1)],
    async check(inquiry) {
      const { layout, n_layers, n_heads } = inquiry.config
      const last = [layout.answerDigits - 2, layout.answerDigits - 1]
      const tried = last.map((digit) => {
        const own = answerPosition(digit, layout)
        const positions = positionLabels(layout).flatMap((_, position) => (position === own ? [] : [position]))
        const interventions = Array.from({ length: n_heads }, (_, head): Intervention => ({
          site: 'v',
          layer: n_layers - 1,
          head,
          positions,
          mode: 'mean',
        }))
        return { digit, question: asked('logit-lens', { dataset: thousand, interventions }) }
      })
      const shares = await Promise.all(
        tried.map(async ({ digit, question }) => {
          const { accuracy } = await inquiry.ask(question)
          return entryOf(accuracy, { stage: accuracy.labels.stage!.at(-1)!, digit: `C${digit}` })
        }),
      )
      return {
        values: [Math.min(...shares)],
        found: `C${last.join(' and C')}; ${thousand.size} sums`,
        asked: tried[0]!.question,
      }
    },
  },
  {
    id: 'rotation',
    statement: 'A carry turns the answer by 36 degrees.',
    why: 'Over the pairs whose tens get another carry: by how much the phase of the logits’ slowest wave turns, a tenth of a circle being one digit.',
    figure: 'transplant',
    quantities: [
      quantityOf('degrees', 'mean turn', { least: 33, most: 39 }, {}, 35.6),
      quantityOf('degrees', 'its spread', { most: 8 }, { least: 15 }, 5.3),
    ],
    async check(inquiry) {
      const digit = digitWithColumns(1, inquiry.config.layout)
      const { site } = await bestSite(inquiry, digit)
      const question = asked('transplant', { dataset: fiveThousand, at: [site], moves: [`carry:C${digit}`] })
      const { rotation, rotationSd } = await inquiry.ask(question)
      const of = { digit: `C${digit}` }
      return {
        values: [entryOf(rotation, of), entryOf(rotationSd, of)],
        found: `${site}; ${fiveThousand.size} pairs`,
        asked: question,
        looks: { focus: digit },
      }
    },
  },
  {
    id: 'needle',
    statement: 'At every digit’s own position an entry of the last layer’s attention tells its carry.',
    why: 'The best single entry for each digit, by the area under its curve: 0.5 tells nothing, and either end tells all. That one tells the carry does not make it the cause.',
    figure: 'needles',
    quantities: [
      quantityOf('area', 'distance of the area from 0.5, least over digits', { least: 0.45 }, { most: 0.3 }, 0.497),
    ],
    async check(inquiry) {
      const { layout, n_layers, n_heads } = inquiry.config
      const question = asked('carry-needles', { dataset: thousand })
      const { attentionAuc, n } = await inquiry.ask(question)
      const [layer, positions] = [attentionAuc.labels.layer![n_layers - 1]!, positionLabels(layout)]
      const heads = Array.from({ length: n_heads }, (_, head) => attentionAuc.labels.head![head]!)
      const best = carriedDigits(layout).map((digit) => {
        const query = positions[answerPosition(digit, layout)]!
        const areas = heads.flatMap((head) =>
          positions.map((key) => entryOf(attentionAuc, { layer, head, query, key, digit: `C${digit}` })),
        )
        return Math.max(...areas.filter((area) => !Number.isNaN(area)).map((area) => Math.abs(area - 0.5)))
      })
      const least = best.indexOf(Math.min(...best))
      return {
        values: [best[least]!],
        found: `best entry of each digit; ${n} sums`,
        asked: question,
        looks: { part: `C${least}`, focus: least },
      }
    },
  },
]
