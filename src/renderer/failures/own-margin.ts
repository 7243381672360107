import type { RunView } from '../../contract/contract'
import type { TaskLayout } from '../../core/task-layout'

/** The smallest margin of the sum on screen, logits: the right digit's logit less the best other output's; null before an answer. */
export function ownMargin(run: RunView | null, truth: readonly number[] | null, layout: TaskLayout): number | null {
  if (!run || !truth) return null
  const vocab = run.logits.shape[1]!
  let smallest = Infinity
  for (let digit = 0; digit < layout.answerDigits; digit++) {
    const row = Array.from({ length: vocab }, (_, output) => run.logits.data[digit * vocab + output]!)
    const others = row.filter((_, output) => output !== truth[digit])
    smallest = Math.min(smallest, row[truth[digit]!]! - Math.max(...others))
  }
  return smallest
}
