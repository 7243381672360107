import { layerHeadLabels } from '../../core/heads'
import { digitLabels } from '../../core/positions'
import { shareOf, type Claim } from '../claim'
import { entryOf } from '../entry'
import { asked, thousand } from '../inquiry'

/** Logits, on average: below that there is no answer whose parts could be told. */
const leastLogit = 1

/** What the answer is read from, and by whom it is written. */
export const answerClaims: readonly Claim[] = [
  {
    id: 'one-angle',
    statement: 'The answer is one angle: one frequency alone decodes it.',
    why: 'Of the ten digits’ logits only the wave that goes around once is kept, which is W_U’s part of frequency 1. Its highest point should still be the right digit, in every place of the answer.',
    figure: 'frequency-lens',
    quantities: [shareOf('right sums by frequency 1', { least: 0.99 }, { most: 0.9 }, 1)],
    async check(inquiry) {
      const question = asked('frequency-lens', { dataset: thousand })
      const { exactMatch, n } = await inquiry.ask(question)
      const best = exactMatch.labels.freq!.reduce((one, other) =>
        entryOf(exactMatch, { freq: other }) > entryOf(exactMatch, { freq: one }) ? other : one,
      )
      const most = entryOf(exactMatch, { freq: best })
      return {
        values: [entryOf(exactMatch, { freq: '1' })],
        found: `${n} sums; the best alone is frequency ${best}, ${(100 * most).toFixed(1)} %`,
        asked: question,
      }
    },
  },
  {
    id: 'last-layer-writes',
    statement: 'The last layer writes the answer.',
    why: 'Direct attribution of the right digit’s logit to every part of the model: the share that the last layer’s heads add, in the digit where they add least.',
    figure: 'dla-summary',
    quantities: [shareOf('share of the logit, least over digits', { least: 0.8 }, { most: 0.5 }, 0.868)],
    async check(inquiry) {
      const { layout, n_layers, n_heads } = inquiry.config
      const question = asked('dla-summary', { dataset: thousand })
      const { mean, n } = await inquiry.ask(question)
      const last = layerHeadLabels(n_layers - 1, n_heads)
      const shares = digitLabels(layout.answerDigits).map((digit) => {
        const of = (components: readonly string[]) =>
          components.reduce((sum, component) => sum + entryOf(mean, { component, digit }), 0)
        const logit = of(mean.labels.component!)
        return logit > leastLogit ? of(last) / logit : NaN
      })
      const found = shares.some(Number.isNaN)
        ? 'the right digit’s logit is hardly above the others'
        : `${last[0]} to ${last.at(-1)}`
      return { values: [Math.min(...shares)], found: `${found}; ${n} sums`, asked: question }
    },
  },
  {
    id: 'one-head-answers',
    statement: 'In some sums one head alone gives the right digit.',
    why: 'What each head of the last layer adds to the ten digits by itself: in how many digits some head’s highest is the right one.',
    figure: 'dla-summary',
    quantities: [
      shareOf('digits that some head gets right', { least: 0.3 }, { most: 0.15 }, 0.429),
      shareOf('more than by chance', { least: 0.1 }, { most: 0.02 }, 0.158),
    ],
    async check(inquiry) {
      const layer = String(inquiry.config.n_layers - 1)
      const question = asked('dla-summary', { dataset: thousand })
      const { anyHead, n } = await inquiry.ask(question)
      const digits = anyHead.labels.digit!
      const share = digits.reduce((sum, digit) => sum + entryOf(anyHead, { layer, digit }), 0) / digits.length
      // Several heads that guess have several chances.
      const chance = 1 - 0.9 ** inquiry.config.n_heads
      return { values: [share, share - chance], found: `layer ${layer}, ${n} sums`, asked: question }
    },
  },
  {
    id: 'own-tokens',
    statement: 'The model reads its own earlier answer digits for the carry.',
    why: 'Where a column adds up to 9, the digit written before it tells the carry. That digit is replaced by the one that the other carry would have given: does the next one follow?',
    figure: 'false-token',
    quantities: [shareOf('digits that follow a false one', { least: 0.2 }, { most: 0.02 }, 0)],
    async check(inquiry) {
      const question = asked('false-token', { dataset: thousand })
      const { follows, n } = await inquiry.ask(question)
      const tried = Array.from(n.data).reduce((sum, count) => sum + count, 0)
      return { values: [follows], found: `${tried} digits in ${thousand.size} sums`, asked: question }
    },
  },
]
