import type { RunReport, RunScore } from '../../contract/training'

/** Held-out sums by how far their longest carry runs: none, one that stops at once, through one column, through two and more. */
export const groupNames = ['no carry', 'carry, no cascade', 'cascade of one', 'cascade of two'] as const

/** The group of a column pattern, `KPPG`: how many columns pass on the longest carry, and one more; 0 where there is none. */
export function groupOf(pattern: string): number {
  const passed = [...pattern.matchAll(/(P*)G/g)].map(([, columns]) => columns!.length)
  return Math.min(Math.max(0, ...passed.map((columns) => columns + 1)), groupNames.length - 1)
}

/** The scores of the groups that there are sums of, in their order. */
export function groupScores({ patterns }: RunReport): readonly (RunScore & { readonly group: number })[] {
  return groupNames.flatMap((_, group) => {
    const scores = Object.entries(patterns).flatMap(([pattern, score]) => (groupOf(pattern) === group ? [score] : []))
    const n = total(scores, (score) => score.n)
    if (n === 0) return []
    return [
      {
        group,
        n,
        wrong: total(scores, (score) => score.wrong),
        loss: total(scores, (score) => score.loss * score.n) / n,
      },
    ]
  })
}

function total(scores: readonly RunScore[], of: (score: RunScore) => number): number {
  return scores.reduce((sum, score) => sum + of(score), 0)
}
