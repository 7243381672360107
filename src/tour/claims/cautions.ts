import { counted } from '../../core/counted'
import { headLabel, headLabels } from '../../core/heads'
import { equalsPosition, lastPredictingPosition, positionLabels } from '../../core/positions'
import type { Tensor } from '../../core/tensor'
import { quantityOf, shareOf, type Claim } from '../claim'
import { carriedDigits, digitWithColumns } from '../digits'
import { entryOf } from '../entry'
import { headWorths, leastCost, worthQuestion } from '../head-worths'
import { asked, thousand, type Inquiry } from '../inquiry'

/** What looks like an explanation, and is held against an intervention. */
export const cautionClaims: readonly Claim[] = [
  {
    id: 'probe-used',
    statement: 'What a probe finds is used there.',
    why: 'At the last operand digit a probe reads the tens’ carry off the stream after layer 0. All heads of layer 0 are transplanted there: do the tens follow?',
    figure: 'transplant',
    quantities: [shareOf('tens that follow', { least: 0.5 }, { most: 0.05 }, 0)],
    async check(inquiry) {
      const { layout, n_heads } = inquiry.config
      const tens = digitWithColumns(1, layout)
      const digit = `C${tens}`
      const position = positionLabels(layout)[equalsPosition(layout) - 1]!
      const target = `carryIn:${digit}`
      const probe = asked('probe', { dataset: thousand, hook: 'blocks.0.hook_resid_post', position, target })
      const { accuracy } = await inquiry.ask(probe)
      const at = headLabels(1, n_heads).map((head) => `${head}@${position}`)
      const question = asked('transplant', { dataset: thousand, at })
      const { share } = await inquiry.ask(question)
      return {
        values: [entryOf(share, { group: 'differ', digit, outcome: 'moved' })],
        found: `${position}, where a probe finds it in ${(100 * accuracy).toFixed(1)} % of sums`,
        asked: question,
        looks: { focus: tens },
      }
    },
  },
  {
    id: 'needle-cause',
    statement: 'The entries of attention that tell a carry best are causes.',
    why: 'For each digit the entry that tells its carry best, wherever it stands. The attention of its head at that position is taken from another sum: does the digit follow?',
    figure: 'needles',
    quantities: [shareOf('digits that follow, least over digits', { least: 0.5 }, { most: 0 }, 0)],
    async check(inquiry) {
      const question = asked('carry-needles', { dataset: thousand })
      const { attentionAuc } = await inquiry.ask(question)
      const needles = carriedDigits(inquiry.config.layout).map((digit) => bestEntry(attentionAuc, `C${digit}`, inquiry))
      const moved = await Promise.all(
        needles.map(async ({ at, digit }) => {
          const { share } = await inquiry.ask(asked('transplant', { dataset: thousand, at: [at], of: 'pattern' }))
          return entryOf(share, { group: 'differ', digit, outcome: 'moved' })
        }),
      )
      const found = needles.map(({ at, digit, area }, index) => {
        return `${digit} by ${at}: area ${area.toFixed(3)}, ${(100 * moved[index]!).toFixed(1)} % follow`
      })
      return { values: [Math.min(...moved)], found: found.join('; '), asked: question }
    },
  },
  {
    id: 'one-cost',
    statement: 'A head is worth what ablating it alone costs.',
    why: 'Loss added by ablating each head alone, and its Shapley value over all orders of ablating every head: no head should have them with opposite signs.',
    figure: 'head-worths',
    quantities: [quantityOf('heads', 'heads whose two costs differ in sign', { most: 0 }, { least: 1 }, 2)],
    async check(inquiry) {
      const { worths, guessing } = await headWorths(inquiry)
      const opposed = worths.filter(({ alone, worth, error }) => {
        return alone * worth < 0 && Math.min(Math.abs(alone), Math.abs(worth) - 1.96 * error) > leastCost
      })
      const found = opposed.map(({ head, alone, worth }) => `${head}: ${signed(alone)} alone, ${signed(worth)} of all`)
      return {
        values: [guessing === null ? opposed.length : NaN],
        found: guessing ?? (found.join('; ') || 'no head'),
        asked: worthQuestion,
      }
    },
  },
  {
    id: 'heads-rank',
    statement: 'Ablating one head at a time ranks the heads by what they are worth.',
    why: 'So the notebook finds which heads are critical and which least. Of all pairs of heads: how many stand in the same order by their Shapley values, which ablate them in every company.',
    figure: 'head-worths',
    quantities: [shareOf('pairs in the same order', { least: 0.95 }, { most: 0.5 }, 0.733)],
    async check(inquiry) {
      const { worths, guessing } = await headWorths(inquiry)
      const pairs = worths.flatMap((one, index) =>
        worths.slice(index + 1).map((other) => [other.alone - one.alone, other.worth - one.worth] as const),
      )
      const told = pairs.filter((pair) => pair.every((difference) => Math.abs(difference) > leastCost))
      const least = worths.reduce((one, other) => (other.alone < one.alone ? other : one))
      const below = worths.filter(({ worth }) => worth < least.worth).length
      return {
        values: [guessing === null ? told.filter(([alone, worth]) => alone * worth > 0).length / told.length : NaN],
        found:
          guessing ??
          `${least.head} costs least alone, and ${counted(below, 'head')} ${below === 1 ? 'is' : 'are'} worth less`,
        asked: worthQuestion,
      }
    },
  },
  {
    id: 'keys-for-carry',
    statement: 'The last layer’s keys matter only where something carries.',
    why: 'Over sums without any carry, every key of the last layer is replaced by its mean over those sums: they should stay right.',
    figure: 'performance',
    quantities: [shareOf('right sums', { least: 0.99 }, { most: 0.9 }, 0.575)],
    async check(inquiry) {
      const { n_heads, n_layers } = inquiry.config
      const interventions = Array.from(
        { length: n_heads },
        (_, head) => ({ site: 'k', layer: n_layers - 1, head, positions: 'all', mode: 'mean' }) as const,
      )
      const question = asked('performance', { dataset: thousand, subset: 'non-carries', interventions })
      const { exactMatch, n } = await inquiry.ask(question)
      return { values: [exactMatch], found: `${n} sums without a carry`, asked: question }
    },
  },
]

/** The entry, over all heads and positions that something may follow, whose area is farthest from 0.5; the first of equals. */
function bestEntry(areas: Tensor, digit: string, { config }: Inquiry) {
  const { layer, head, query, key } = areas.labels as Record<'layer' | 'head' | 'query' | 'key', readonly string[]>
  const last = lastPredictingPosition(config.layout)
  const entries = layer.flatMap((l) =>
    head.flatMap((h) =>
      query.slice(0, last + 1).flatMap((q) =>
        key.map((k) => {
          const area = entryOf(areas, { layer: l, head: h, query: q, key: k, digit })
          return { digit, at: `${headLabel(Number(l), Number(h))}@${q}`, area, distance: Math.abs(area - 0.5) }
        }),
      ),
    ),
  )
  return entries.reduce((one, other) => (other.distance > one.distance || Number.isNaN(one.distance) ? other : one))
}

function signed(nats: number): string {
  return `${nats < 0 ? '−' : '+'}${Math.abs(nats).toFixed(1)} nats`
}
