import { counted } from '../../core/counted'
import { formatTypedSum } from '../../core/sum-text'
import type { Intervention } from '../../model/intervention'
import type { AnalysisState } from '../../session/session'
import { placeText } from './intervention-text'
import { meanSetNames } from '../../session/mean-set'
import { modeGlyphs } from './switches'

/** A state in a few words: its sum and its interventions. */
export function stateText({ digits, interventions }: AnalysisState): string {
  return `${formatTypedSum(digits)}, ${ablationsText(interventions)}`
}

/** What a step of the history did, told from the state before it; the first tells what there was. */
export function stepText(state: AnalysisState, before: AnalysisState | undefined): string {
  if (!before) return stateText(state)
  const changes = [
    same(state.digits, before.digits) ? null : formatTypedSum(state.digits),
    same(state.interventions, before.interventions) ? null : ablationsChange(state.interventions, before.interventions),
    state.focus === before.focus ? null : `focus on C${state.focus}`,
    same(state.replace, before.replace) ? null : 'how the next intervention replaces',
    same(state.dataset, before.dataset) && state.subset === before.subset
      ? null
      : `${counted(state.dataset.size, 'sum')}, seed ${state.dataset.seed}, ${state.subset}`,
    state.meanOver === before.meanOver ? null : `means over ${meanSetNames[state.meanOver]}`,
  ]
  return changes.filter((change) => change !== null).join(', ')
}

function ablationsText(interventions: readonly Intervention[]): string {
  const [first, ...others] = interventions
  if (!first) return 'nothing ablated'
  return others.length > 0 ? counted(interventions.length, 'intervention') : ablationText(first)
}

function ablationText(intervention: Intervention): string {
  return `${placeText(intervention)} ${modeGlyphs[intervention.mode]}`
}

function ablationsChange(now: readonly Intervention[], before: readonly Intervention[]): string {
  const added = now.filter((each) => !before.some((other) => same(each, other)))
  const removed = before.filter((each) => !now.some((other) => same(each, other)))
  if (now.length === 0) return 'nothing ablated'
  if (added.length === 1 && removed.length <= 1) return `ablate ${ablationText(added[0]!)}`
  if (removed.length === 1 && added.length === 0) return `${placeText(removed[0]!)} whole again`
  return counted(now.length, 'intervention')
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
