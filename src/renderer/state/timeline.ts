import type { AnalysisState } from '../../session/session'
import { stepText } from './state-text'

/** A step of the history as it is listed. */
export interface TimelineRow {
  readonly position: number
  readonly state: AnalysisState
  readonly text: string
}

/** The steps worth listing, newest first: of digits typed one after another, the last, and wherever the present is. */
export function timelineRows({
  steps,
  position,
}: {
  readonly steps: readonly AnalysisState[]
  readonly position: number
}): readonly TimelineRow[] {
  const typed = steps.map((state, index) => index > 0 && onlyDigits(state, steps[index - 1]!))
  const rows: TimelineRow[] = []
  let before: AnalysisState | undefined
  steps.forEach((state, index) => {
    if (index !== position && typed[index] && typed[index + 1]) return
    rows.push({ position: index, state, text: stepText(state, before) })
    before = state
  })
  return rows.toReversed()
}

function onlyDigits(state: AnalysisState, before: AnalysisState): boolean {
  return JSON.stringify({ ...state, digits: [] }) === JSON.stringify({ ...before, digits: [] })
}
