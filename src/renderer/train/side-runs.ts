import { answerDigitsOf } from '../../core/tokens'
import { sameLayout } from '../../core/task-layout'
import { answerOf, type Answer, type ShownRuns } from '../state/answer'
import type { Explorer } from '../state/explorer.svelte'
import type { Subject } from '../state/film.svelte'

/** What the sum bar shows in the Train workspace: B's answer above A's; null where the run writes its sums another way. */
export function sideRuns(explorer: Explorer): ShownRuns | null {
  const { film } = explorer.training
  const { a, b } = film
  const { sum, config } = explorer
  if (!a || !b || ![a, b].some(({ of }) => sameLayout(of.layout, config.layout))) return null
  const [above, below] = [answersOf(explorer, b), answersOf(explorer, a)]
  const digits = Array.from({ length: config.layout.answerDigits }, (_, digit) => digit)
  const isOld = (subject: Subject) => {
    const view = film.views.of(subject.of)
    return view !== null && (view.sum.a !== sum?.a || view.sum.b !== sum.b)
  }
  return {
    clean: `B: ${b.name}`,
    now: `A: ${a.name}`,
    active: below !== null,
    answers: digits.map((digit) => {
      const [clean, now] = [above?.[digit], below?.[digit]]
      return { ...(clean && { clean }), ...(now && { now }) }
    }),
    ownTruth: false,
    stale: explorer.sum === null || isOld(a) || isOld(b),
  }
}

function answersOf(explorer: Explorer, { of }: Subject): readonly Answer[] | null {
  if (!sameLayout(of.layout, explorer.config.layout)) return null
  const view = explorer.training.film.views.of(of)
  return view && answerDigitsOf(view.sum, of.layout).map((digit, index) => answerOf(view.run, index, digit))
}
