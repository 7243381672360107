import { answerOf, type Answer, type ShownRuns } from '../state/answer'
import type { Explorer } from '../state/explorer.svelte'
import { outcomeWords } from './pair-digits'

/** The sum without and with the transplant, as the sum bar and the bench show them under each other. */
export function pairAnswers({ lab, session, runs, stale }: Explorer): ShownRuns {
  const { own, pair, observed, live } = lab
  const answers =
    !own || !pair
      ? []
      : pair.map(({ digit, own: truth }) => {
          const clean = answerOf(own, digit, truth)
          const seen = observed?.[digit]
          if (!seen) return { clean }
          const { text, probability, outcome } = seen
          const now: Answer = { text, probability, truth, wrong: outcome !== 'own', moved: outcome === 'moved' }
          return { clean, now }
        })
  return {
    clean: session.analysis.interventions.length > 0 ? 'Intervened' : 'Model, clean',
    now: lab.previews ? 'Preview' : 'Transplanted',
    active: observed !== null && !runs.showsClean,
    answers,
    ownTruth: false,
    stale: stale || live.loading || live.failure !== null,
  }
}

/** What became of a digit, in two words: `⇄ C1 moved`, `C1 own`. */
export function outcomeText(digit: number, outcome: keyof typeof outcomeWords): string {
  const [mark, word] = outcomeWords[outcome].split(' ')
  return word === undefined ? `C${digit} ${mark}` : `${mark} C${digit} ${word}`
}
