import type { EverySum, ExhaustiveReport } from '../../contract/exhaustive'
import { durationText } from '../parts/duration-text'

/** The share that is right, per cent; never `100` while a sum is wrong. */
export function rightText({ n, wrong }: Pick<EverySum, 'n' | 'wrong'>): string {
  if (wrong === 0) return '100'
  const share = 100 * (1 - wrong / n)
  const text = share.toFixed(3)
  return text === '100.000' ? '>99.999' : text
}

/** How many of how many: `3.1 of 25 million`, `all 25,000,000 sums`. */
export function doneText({ state, total, evaluation }: ExhaustiveReport): string {
  const n = evaluation?.n ?? 0
  if (state === 'done') return `all ${total.toLocaleString('en')} sums`
  return total < 1e6
    ? `${n.toLocaleString('en')} of ${total.toLocaleString('en')}`
    : `${(n / 1e6).toFixed(1)} of ${Number((total / 1e6).toFixed(1))} million`
}

/** What was found, as a sentence. */
export function findingText(report: ExhaustiveReport): string {
  const { evaluation: every, state, total } = report
  if (!every) return 'Nothing is evaluated yet.'
  const { n, wrong } = every
  const of = n.toLocaleString('en')
  const all = state === 'done' && n === total
  if (wrong === 0) return `Nothing wrong in ${of} sums${all ? '.' : ' so far.'}`
  return `${wrong.toLocaleString('en')} of ${of} wrong${all ? '' : ' so far'}`
}

/** What the map shows then, and what to do there. */
export function adviceText(every: EverySum | null, theme: 'light' | 'dark'): string {
  const strong = theme === 'light' ? 'Dark' : 'Light'
  if (!every) return ''
  return every.wrong > 0
    ? `${strong} is weak, red is wrong: click a cell to zoom.`
    : `So the map shows where it is weakest: ${strong.toLowerCase()} is weak. Click a cell to zoom.`
}

/** How far it is and how long that still takes. */
export function progressWords(report: ExhaustiveReport, secondsLeft: number | null): string {
  const { state, processes, evaluation } = report
  const cores = `${processes} ${processes === 1 ? 'core' : 'cores'}`
  if (state === 'done') return `done, ${durationText((evaluation?.cpuSeconds ?? 0) / processes)} on ${cores}`
  if (state === 'none') return 'nothing evaluated'
  const wrong = `${(evaluation?.wrong ?? 0).toLocaleString('en')} wrong so far`
  if (state === 'stopped') return `${doneText(report)}, ${wrong}, paused`
  const left = secondsLeft === null ? '' : `, ${durationText(secondsLeft)} left`
  return evaluation ? `${doneText(report)}, ${wrong}${left}` : 'starting'
}
