import { headLabels } from '../../core/heads'
import { equalsPosition, positionLabels } from '../../core/positions'
import type { Claim } from '../claim'
import { digitWithColumns } from '../digits'
import { entryOf } from '../entry'
import { asked, thousand } from '../inquiry'

/** What looks like an explanation, and is held against an intervention. */
export const cautionClaims: readonly Claim[] = [
  {
    id: 'probe-used',
    statement: 'What a probe finds is used there.',
    why: 'At the last operand digit a probe reads the tens’ carry off the stream after layer 0. All heads of layer 0 are transplanted there: do the tens follow?',
    quantities: [
      { name: 'tens that follow', unit: 'share', confirmed: { least: 0.5 }, refuted: { most: 0.05 }, published: 0 },
    ],
    async check(inquiry) {
      const { layout, n_heads } = inquiry.config
      const digit = `C${digitWithColumns(1, layout)}`
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
      }
    },
  },
  {
    id: 'one-cost',
    statement: 'A head is worth what ablating it alone costs.',
    why: 'Loss added by ablating each head alone, and its Shapley value over all orders of ablating every head: no head should have them with opposite signs.',
    quantities: [
      {
        name: 'heads whose two costs differ in sign',
        unit: 'heads',
        confirmed: { most: 0 },
        refuted: { least: 1 },
        published: 2,
      },
    ],
    async check(inquiry) {
      const question = asked('interaction', { dataset: thousand })
      const { loss, shapleyMean, shapleyMeanSe } = await inquiry.ask(question)
      const digits = loss.labels.digit!
      // Of many heads not every subset is asked about, so that a subset is found by its name.
      const lossOf = (subset: string) =>
        digits.reduce((sum, digit) => sum + entryOf(loss, { subset, digit }) / digits.length, 0)
      const worths = headLabels(inquiry.config.n_layers, inquiry.config.n_heads).map((head, index) => ({
        head,
        alone: lossOf(head) - lossOf('none'),
        worth: shapleyMean.data[index]!,
        error: shapleyMeanSe.data[index]!,
      }))
      const opposed = worths.filter(({ alone, worth, error }) => alone * worth < 0 && Math.abs(worth) > 1.96 * error)
      const found = opposed.map(({ head, alone, worth }) => `${head}: ${signed(alone)} alone, ${signed(worth)} of all`)
      return { values: [opposed.length], found: found.join('; ') || 'no head', asked: question }
    },
  },
  {
    id: 'keys-for-carry',
    statement: 'The last layer’s keys matter only where something carries.',
    why: 'Over sums without any carry, every key of the last layer is replaced by its mean over those sums: they should stay right.',
    quantities: [
      { name: 'right sums', unit: 'share', confirmed: { least: 0.99 }, refuted: { most: 0.9 }, published: 0.575 },
    ],
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

function signed(nats: number): string {
  return `${nats < 0 ? '−' : '+'}${Math.abs(nats).toFixed(1)} nats`
}
